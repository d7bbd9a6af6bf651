(function () {
  "use strict";
  var grid = document.getElementById("grid");
  if (!grid) return;
  var body = grid.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(grid.tHead.rows[0].cells);
  var tools = document.getElementById("tools");
  var query = document.getElementById("q");
  var verdict = document.getElementById("f-verdict");
  var unit = document.getElementById("f-unit");
  var sort = document.getElementById("f-sort");
  var shown = document.getElementById("shown");
  var none = document.getElementById("none");
  var tiles = Array.prototype.slice.call(document.querySelectorAll("#tiles button"));
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });

  function fits(row, index, words, wanted, of) {
    if (wanted === "problems" ? !row.hasAttribute("data-problem")
        : wanted === "soon" ? !row.hasAttribute("data-soon")
        : wanted && row.getAttribute("data-verdict") !== wanted) return false;
    if (of && row.getAttribute("data-units").split(" ").indexOf(of) < 0) return false;
    return words.every(function (word) { return texts[index].indexOf(word) >= 0; });
  }

  function filter() {
    var words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, index) {
      var yes = fits(row, index, words, verdict.value, unit.value);
      row.hidden = !yes;
      if (yes) count += 1;
    });
    shown.textContent = "显示 " + count + " / " + rows.length + " 个栏目";
    none.hidden = count > 0;
    tiles.forEach(function (tile) {
      tile.setAttribute("aria-pressed", String(tile.getAttribute("data-verdict") === verdict.value));
    });
  }

  function order(column, direction) {
    var kind = heads[column].getAttribute("data-sort");
    var turn = direction === "descending" ? -1 : 1;
    var keyed = rows.map(function (row, index) {
      return { row: row, index: index, value: row.cells[column].getAttribute("data-v") || "" };
    });
    keyed.sort(function (a, b) {
      // What has no value stands last in either direction.
      if (!a.value || !b.value) return (a.value ? 0 : 1) - (b.value ? 0 : 1) || a.index - b.index;
      var by = kind === "number" ? a.value - b.value : collator.compare(a.value, b.value);
      return turn * by || a.index - b.index;
    });
    var all = document.createDocumentFragment();
    keyed.forEach(function (entry) { all.appendChild(entry.row); });
    body.appendChild(all);
    heads.forEach(function (head, index) {
      if (index === column) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    sort.value = column + " " + direction;
  }

  function option(value, words) {
    var made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    sort.appendChild(made);
  }

  heads.forEach(function (head, index) {
    if (!head.hasAttribute("data-sort")) return;
    var name = head.textContent;
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", function () {
      order(index, head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending");
    });
    // Print repeats a heading on each page as text only, never as a button.
    var paper = document.createElement("span");
    paper.className = "paper";
    paper.textContent = name;
    head.textContent = "";
    head.appendChild(button);
    head.appendChild(paper);
    var words = (head.getAttribute("data-words") || "升序|降序").split("|");
    option(index + " ascending", name + "：" + words[0]);
    option(index + " descending", name + "：" + words[1]);
    if (head.getAttribute("data-first")) {
      head.setAttribute("aria-sort", head.getAttribute("data-first"));
      sort.value = index + " " + head.getAttribute("data-first");
    }
  });

  tiles.forEach(function (tile) {
    tile.disabled = false;
    tile.addEventListener("click", function () {
      var wanted = tile.getAttribute("data-verdict");
      verdict.value = verdict.value === wanted ? "" : wanted;
      filter();
    });
  });

  sort.addEventListener("change", function () {
    var parts = sort.value.split(" ");
    order(Number(parts[0]), parts[1]);
  });
  query.addEventListener("input", filter);
  verdict.addEventListener("change", filter);
  unit.addEventListener("change", filter);
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  tools.addEventListener("reset", function () { window.setTimeout(function () { keepSort(); filter(); }, 0); });

  function keepSort() {
    heads.forEach(function (head, index) {
      var direction = head.getAttribute("aria-sort");
      if (direction) sort.value = index + " " + direction;
    });
  }

  // A link to a row must show that row, also where a filter hides it.
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a.goto") : null;
    if (!link) return;
    var row = document.getElementById(link.getAttribute("href").slice(1));
    if (!row) return;
    if (row.hidden) { query.value = ""; verdict.value = ""; unit.value = ""; filter(); }
    window.setTimeout(function () { row.focus({ preventScroll: true }); }, 0);
  });

  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(document.querySelectorAll("details"), function (held) { held.open = true; });
  });

  tools.hidden = false;
  filter();
})();
