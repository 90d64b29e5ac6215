"""Kept text to mentions: a language model reads each distinct paragraph once, the document corrects it."""

from pipeline.entities.extract import Extracted, annotate, extract_mentions
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.model import DEFAULT_MODEL, ModelMissingError, model_identity
from pipeline.entities.outputs import ModelSettings

__all__ = [
    "DEFAULT_MODEL",
    "LABELS",
    "Extracted",
    "Mention",
    "ModelMissingError",
    "ModelSettings",
    "annotate",
    "extract_mentions",
    "model_identity",
]
