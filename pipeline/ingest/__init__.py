"""Landing files to raw documents: one reader a format, ids, and a quarantine for what cannot be read."""

from pipeline.ingest.rendering import LineMarkup, Rendering, Statement, markup_from_json, render_html

__all__ = ["LineMarkup", "Rendering", "Statement", "markup_from_json", "render_html"]
