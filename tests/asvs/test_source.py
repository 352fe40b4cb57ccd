"""What must stand nowhere in the source, and what may stand in few places: read from the files themselves."""

import ast
import re
import subprocess

import pytest

from tests import house
from tests.fitness import tree

SOURCES = [path for path in tree.sources() if tree.HOUSE in path.parents]
SERVED = [path for path in SOURCES if tree.HOUSE / "launch" not in path.parents and "sample" not in path.parts]
SCRIPTS = sorted(path for path in tree.HOUSE.rglob("static/**/*.js"))
ASKERS = {"httpx", "requests", "urllib.request", "http.client", "smtplib", "socket", "ftplib", "aiohttp", "paramiko"}


def imports(path):
    """Modules that a file imports."""
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def calls(path):
    """Every call of a file: its name as written, and the call."""
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def found(paths, wanted):
    return sorted(f"{tree.name(path)}: {name}" for path in paths for name, call in calls(path) if wanted(name, call))


def has(call, **given):
    """Whether a call gives one of these keywords this value."""
    return any(
        word.arg in given and isinstance(word.value, ast.Constant) and word.value.value is given[word.arg]
        for word in call.keywords
    )


def test_no_code_is_made_from_text():
    makers = {"eval", "exec", "compile", "__import__", "pickle.loads", "pickle.load", "marshal.loads", "shelve.open"}
    assert found(SOURCES, lambda name, call: name in makers) == []
    assert [path for path in SOURCES if {"pickle", "marshal", "shelve", "dill"} & set(imports(path))] == []
    unsafe = found(SOURCES, lambda name, call: name in ("yaml.load", "yaml.unsafe_load", "yaml.full_load"))
    assert unsafe == ["yakusho/kit/parameters.py: yaml.load"]  # with a loader derived from SafeLoader
    assert "class _Loader(yaml.SafeLoader)" in (tree.HOUSE / "kit" / "parameters.py").read_text("utf-8")


def test_programs_are_called_without_a_shell():
    shells = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
    assert found(SOURCES, lambda name, call: name in shells or has(call, shell=True)) == []


def test_templates_come_from_files_alone():
    makers = ("Template", "engines", "from_string")
    made = found(SERVED, lambda name, call: name.rpartition(".")[2] in makers)
    readers = ("yakusho/blocks/pages/compiled/loader.py", "yakusho/web/new_system.py")  # of files of ours
    assert [one for one in made if not one.startswith(readers)] == []


def test_patterns_hold_nothing_that_was_typed():
    def hostile(name, call):
        pattern = call.args[0] if name.startswith("re.") and call.args else None
        parts = [part.value for part in pattern.values if isinstance(part, ast.FormattedValue)] if isinstance(pattern, ast.JoinedStr) else []  # fmt: skip
        plain = [ast.unparse(part) for part in parts if not ast.unparse(part).startswith(("re.escape(", "'|'.join("))]
        return any(not re.fullmatch(r"_?[A-Z][A-Z_]*(\.\w+)?", one) for one in plain)

    assert found(SERVED, lambda name, call: name != "re.escape" and hostile(name, call)) == []


def test_no_weak_hash_and_no_weak_chance():
    weak = {"hashlib.md5", "hashlib.sha1", "hashes.MD5", "hashes.SHA1"}
    assert found(SERVED, lambda name, call: name in weak) == []
    assert [path for path in SERVED if "random" in set(imports(path))] == []
    assert found(SERVED, lambda name, call: name in ("uuid.uuid1", "uuid1", "time.time")) == []


def test_ciphers_are_authenticated():
    words = re.compile(r"\b(?:ECB|CBC|CTR|OFB|CFB|ARC4|TripleDES|DES|Blowfish|Cipher)\b\s*\(")
    assert [tree.name(path) for path in SOURCES if words.search(path.read_text("utf-8"))] == []
    ciphers = {name for path in SOURCES for name in imports(path) if ".primitives.ciphers" in name}
    assert ciphers == {"cryptography.hazmat.primitives.ciphers.aead"}
    padded = re.compile(r"\.encrypt\([^)]*PKCS1v15")
    assert [tree.name(path) for path in SOURCES if padded.search(path.read_text("utf-8"))] == []


def test_secrets_are_compared_without_telling_how_far_they_agree():
    compared = found(
        SERVED, lambda name, call: name.endswith(("compare_digest", "strings_equal", "constant_time.bytes_eq"))
    )
    assert {one.partition(":")[0] for one in compared} >= {
        "yakusho/blocks/exchange/rules.py",
        "yakusho/blocks/identity/_internal/codes.py",
        "yakusho/blocks/identity/_internal/oidc.py",
    }


def outside():
    """Files that can speak to the outside."""
    return sorted(tree.name(path) for path in SERVED if ASKERS & set(imports(path)))


def test_the_outside_is_asked_from_known_places():
    told = (house.ROOT / "docs" / "security.md").read_text("utf-8")
    assert [name for name in outside() if f"`{name}`" not in told] == []


def test_no_redirect_is_followed_and_every_certificate_checked():
    assert found(SERVED, lambda name, call: has(call, follow_redirects=True) or has(call, verify=False)) == []
    unchecked = ("_create_unverified_context", "CERT_NONE", "check_hostname = False")
    assert [tree.name(path) for path in SERVED if any(word in path.read_text("utf-8") for word in unchecked)] == []
    assert found(SERVED, lambda name, call: name == "httpx.Client" and not any(word.arg == "timeout" for word in call.keywords)) == []  # fmt: skip


def test_nothing_is_kept_in_a_cache_of_the_server():
    caches = {"django.core.cache", "django.views.decorators.cache"}
    assert [tree.name(path) for path in SERVED if caches & set(imports(path))] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_write_no_markup_keep_nothing_and_listen_to_nobody_else(script):
    text = script.read_text("utf-8")
    markup = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc")
    kept = ("localStorage", "indexedDB", "document.cookie", "sessionStorage.set", "caches.open")
    others = ("postMessage", '"message"', "WebSocket", "EventSource", "__proto__", "Object.assign", "importScripts")
    assert [word for word in (*markup, *kept, *others) if word in text] == []


def test_nobody_speaks_by_other_means():
    spoken = {"graphene", "strawberry", "ariadne", "channels", "websockets", "aiortc", "ldap", "ldap3", "zeep", "suds"}
    locked = (house.ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert [name for name in spoken if re.search(rf"^{name}==", locked, re.MULTILINE)] == []
    assert [tree.name(path) for path in SERVED if spoken & {name.partition(".")[0] for name in imports(path)}] == []


def test_no_secret_is_committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=house.ROOT, capture_output=True, check=True).stdout
    known = re.compile(
        rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\n|\bAKIA[0-9A-Z]{16}\b|\byak_[\w-]{40,}|whsec_[\w+/]{40,}="
    )
    found = []
    for name in listed.decode().split("\0"):
        path = house.ROOT / name
        if name and path.is_file() and path.stat().st_size < 2**20 and known.search(path.read_bytes()):
            found.append(name)
    assert found == []


def test_xml_from_outside_is_not_read():
    readers = ("xml.", "defusedxml", "lxml")
    assert [tree.name(path) for path in SERVED for name in imports(path) if name.startswith(readers)] == []
