"""What several tests share: the real documents where they are at hand, a build of them, and an invented plan and letter."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings
from pyoxigraph import Store

import kg
from kg.build import Build
from kg.cli import main
from kg.records import Plan
from kg.store import load, open_store

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("KG_CORPUS") or HERE.parents[1] / "shared" / "corpus")


settings.register_profile("untimed", deadline=None)
settings.load_profile(
    "untimed"
)  # the first of many draws loads what the others find loaded; limits of time have tests of their own


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes longer than a quick run allows; `make test-all` runs it")
    config.addinivalue_line("markers", "checkout: reads files of the repository that no wheel has")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the five real documents."""
    if not any(CORPUS.glob("*.txt")):
        pytest.skip(f"the source documents are not at {CORPUS}: set KG_CORPUS to their folder")
    return CORPUS


@pytest.fixture(scope="session")
def corpus_build(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of the five real documents."""
    return kg.build([corpus], tmp_path_factory.mktemp("corpus") / "out")


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of two invented documents, a plan and a letter."""
    return HERE / "fixtures" / "two"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository; tests that ask for it are marked `checkout`."""
    return HERE.parent


@dataclass(frozen=True)
class Run:
    """What a run of the command gave."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the command in this process: `run("build", folder)`."""

    def run(*arguments: str | Path) -> Run:
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Run(code=int(exited.value.code or 0), out=out, err=err)

    return run


def module(name: str) -> ModuleType:
    """Load a module that stands beside the tests."""
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[name] = made  # its data classes look their module up
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """The module `tests/samples.py`: two invented plans built by hand, and the builders of their records."""
    return module("samples")


@pytest.fixture(scope="session")
def servers() -> ModuleType:
    """The module `tests/servers.py`: SPARQL servers, real ones and one that answers as it is told."""
    return module("servers")


@pytest.fixture
def fake(servers: ModuleType) -> Iterator[Callable[..., Any]]:
    """Start a server that answers as a function says: `fake(lambda asked: servers.reply(b"…"))`."""
    started: list[Any] = []

    def fake(answer: Callable[[Any], Any], *secure: Any) -> Any:
        started.append(servers.Fake(answer, *secure))
        return started[-1]

    yield fake
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def virtuoso(servers: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Virtuoso 7 of the tests' own, which may read all their files."""
    with servers.running_virtuoso(tmp_path_factory.mktemp("virtuoso"), tmp_path_factory.getbasetemp()) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph(servers: ModuleType) -> Iterator[Any]:
    """A server of Oxigraph of the tests' own."""
    with servers.running_oxigraph() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of gedeng.example that signs itself, with its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gedeng.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("gedeng.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture(scope="session")
def generated() -> ModuleType:
    """The package `tests/generated`: random plans, written in each format, and the records that they must give."""
    folder = HERE / "generated"
    spec = spec_from_file_location("generated", folder / "__init__.py", submodule_search_locations=[str(folder)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its modules import each other
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample_plans(samples: ModuleType) -> tuple[Plan, Plan]:
    """Both sample plans, in the order of their ids."""
    return samples.plans()


@pytest.fixture(scope="session")
def sample_store(sample_plans: tuple[Plan, Plan]) -> Store:
    """The graph of both sample plans with the vocabulary, to be read only."""
    store = open_store()
    load(store, sample_plans)
    return store
