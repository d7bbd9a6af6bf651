"""What is looked for in a page, as scripts for a world of their own.

They run in an isolated world of the page: it sees the same elements, but nothing a portal did to
`Array.prototype` or `document.querySelectorAll` (and old portals did a lot).
"""

from __future__ import annotations

# Before the page's own scripts, in their world: questions nobody is there to answer. A storm of
# alerts would otherwise cost a round trip each.
UNASKED = """
window.alert = () => {};
window.confirm = () => false;
window.prompt = () => null;
window.print = () => {};
window.open = () => null;
addEventListener("click", (event) => {
  if (event.composedPath().some((node) => node.target === "_blank")) event.preventDefault();
}, true);
(() => {
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    if (this.target !== "_blank") submit.call(this);
  };
})();
"""

_DOCUMENTS = """
const seen = (frame) => {
  try {
    return frame.getClientRects().length ? frame.contentDocument : null;
  } catch { return null; }
};
"""

# How far the page is: whether its parser is done, how many elements it has, and the titles of
# linked rows that show a day, grouped by the shape of the row.
LOOK = (
    "(() => {"
    + _DOCUMENTS
    + r"""
const DAY = /(?:19|20)\d\d\s*[-\/.年]\s*\d{1,2}|(?<!\d)\d{1,2}\s*[-\/月]\s*\d{1,2}(?!\d)/;
const mark = (node) => node ? node.tagName + '.' + (node.getAttribute('class') || '') : '';
const documents = [document];
for (let n = 0; n < documents.length && documents.length < 20; n++) {
  for (const frame of documents[n].querySelectorAll('iframe,frame')) {
    const inner = seen(frame);
    if (inner) documents.push(inner);
  }
}
let nodes = 0, links = 0, ready = true;
const groups = new Map();
for (const one of documents) {
  ready = ready && one.readyState !== 'loading';
  nodes += one.getElementsByTagName('*').length;
  for (const link of one.querySelectorAll('a')) {
    if (++links > 3000) break;
    const lines = link.textContent.split('\n').map((line) => line.trim());
    const title = lines.reduce((a, b) => a.length < b.length ? b : a, '');
    if (title.length < 4) continue;
    let row = link;
    for (let up = 0; row && up < 5; up++, row = row.parentElement) {
      if (row.textContent.length > 600) { row = null; break; }
      if (DAY.test(row.textContent)) break;
    }
    if (!row || !DAY.test(row.textContent)) continue;
    const above = row.parentElement;
    const shape = [row, above, above && above.parentElement].map(mark).join('<');
    const group = groups.get(shape) || [];
    if (group.length < 50) group.push(title.slice(0, 60));
    groups.set(shape, group);
  }
}
return { ready, nodes, groups: [...groups.values()].filter((group) => group.length >= 3) };
})()"""
)

# The page as it stands, documents of its own frames at their place. Links inside a frame are made
# absolute, because the frame's own address is lost with it.
_TAKE = (
    "((limit) => {"
    + _DOCUMENTS
    + r"""
let count = 0;
// A document without a window: what is copied into it loads nothing and runs nothing.
const inert = document.implementation.createHTMLDocument('');
const copy = (one, depth) => {
  const root = inert.importNode(one.documentElement, true);
  const live = one.querySelectorAll('iframe,frame');
  const copies = root.querySelectorAll('iframe,frame');
  if (depth) {
    const links = one.querySelectorAll('a[href],area[href]');
    root.querySelectorAll('a[href],area[href]').forEach((link, n) => {
      if (links[n] && typeof links[n].href === 'string') link.setAttribute('href', links[n].href);
    });
  }
  live.forEach((frame, n) => {
    const inner = depth < 4 && count < 20 ? seen(frame) : null;
    if (!inner || !inner.body || !inner.body.textContent.trim() || !copies[n]) return;
    count++;
    const place = inert.createElement('div');
    place.setAttribute('data-frame', inner.URL);
    const taken = copy(inner, depth + 1);
    const body = taken.querySelector('body') || taken;
    place.append(...body.childNodes);
    copies[n].replaceWith(place);
  });
  // A parser drops what a frameset may not hold.
  while (root.querySelector('frameset')) {
    const set = root.querySelector('frameset');
    const plain = inert.createElement(set.parentElement === root ? 'body' : 'div');
    plain.append(...set.childNodes);
    set.replaceWith(plain);
  }
  return root;
};
if (!document.documentElement) return { html: '', large: false };
const html = '<!DOCTYPE html>' + copy(document, 0).outerHTML;
return html.length > limit ? { html: '', large: true } : { html, large: false };
})"""
)


def take(limit: int) -> str:
    """The script that gives the page back, unless it is longer than `limit` characters."""
    return f"{_TAKE}({limit})"
