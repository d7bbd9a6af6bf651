"""LibreOffice, where it is installed, for what nothing else reads: old slides, odd documents."""

from __future__ import annotations

import resource
import shutil
import subprocess
from functools import cache
from pathlib import Path

from crawler.attaching.limits import die_with_parent
from crawler.attaching.trouble import BROKEN, NO_OFFICE, TIMED_OUT, Unreadable

SECONDS = 60.0
_MEMORY = 4 * 1024**3
# Macros, links and anything on the network stay shut: what is opened comes from a portal.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


@cache
def find_soffice() -> str | None:
    """The program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(data: bytes, kind: str, folder: Path) -> bytes:
    """A document as PDF, by a LibreOffice with a profile of its own in `folder`."""
    program = find_soffice()
    if program is None:
        raise Unreadable(NO_OFFICE)
    source = folder / f"file.{kind}"
    source.write_bytes(data)
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    profile = f"-env:UserInstallation={user.parent.as_uri()}"
    switches = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
    try:
        subprocess.run(
            [program, profile, *switches, "--convert-to", "pdf", "--outdir", folder, source],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"},
            timeout=SECONDS,
            check=True,
            preexec_fn=_widened,
        )
        return (folder / "file.pdf").read_bytes()
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TIMED_OUT) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unreadable(BROKEN) from error


def _widened() -> None:
    """LibreOffice needs more than our own readers, and still may not take everything."""
    die_with_parent()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _, longest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
