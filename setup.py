"""The one step of the build that pyproject.toml cannot say: what lies beside the packages goes into the wheel."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
BESIDE = ("templates", "static")
SINGLE = ("config.example.toml",)


class BuildWithAssets(build_py):
    """Copies templates, static files and the example configuration, and compiles the translations."""

    def run(self) -> None:
        built = Path(self.build_lib) / "tracker"
        if self.editable_mode:
            super().run()
        else:
            shutil.rmtree(built, ignore_errors=True)  # what an older build left behind stays out
            super().run()
            _copy_assets(built / "_assets")
            _compile_translations(built / "translations")


def _copy_assets(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in filter(lambda folder: (ROOT / folder).is_dir(), BESIDE):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    for name in SINGLE:
        shutil.copyfile(ROOT / name, target / name)


def _compile_translations(folder: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(words, locale=source.parts[-3]))


setup(cmdclass={"build_py": BuildWithAssets})
