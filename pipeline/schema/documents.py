"""Tables about pages: what was delivered, what was read, and what each line of it is."""

from pipeline.schema.table import Layer, Table, count, day, flag, instant, score, text

LANDING_FILES = Table(
    "landing_files",
    Layer.LAKE,
    "file taken from the landing folder",
    "The ledger of delivered files: a file whose path, size and time stand here is not opened again.",
    (
        text("source_path", "Path below the landing folder, with forward slashes.", key=True),
        count("byte_size", "Size in bytes when it was read."),
        count("modified_ns", "Modification time in nanoseconds since 1970, as the file system gives it."),
        text("content_sha256", "SHA-256 of the file's bytes; null when it could not be read whole."),
        count("document_count", "Documents read from it, those already known included."),
        count("new_document_count", "Documents read from it that were not known before."),
        count("rejected_count", "Rows it put into rejected_documents."),
        text("reason_code", "Why it was refused unread, as in rejected_documents; null for a file that was read."),
        day("ingest_date", "Day of the ingest partition.", required=True),
    ),
)

RAW_DOCUMENTS = Table(
    "raw_documents",
    Layer.LAKE,
    "distinct readable document",
    "Documents as read, with what the record or the markup says about them; nothing judged yet.",
    (
        text("document_id", "Identity derived from outlet and content.", key=True),
        text("outlet_id", "Outlet, when the delivery names it."),
        text("outlet_name", "The outlet's name in its own spelling."),
        text("outlet_domain", "The outlet's registrable domain, when a URL or a sidecar gives one."),
        text("outlet_basis", "What named the outlet: record, sidecar, path, url or markup."),
        text("source_path", "File it came from; `file#L12` or `file#3` for a member of it.", required=True),
        text("url", "Address the page was fetched from, if known."),
        text("media_type", "Format it was read as, for example text/plain.", required=True),
        text("encoding", "Character encoding it was decoded with.", required=True),
        day("ingest_date", "Day of the ingest partition.", required=True),
        text("content_sha256", "SHA-256 of the document's bytes.", required=True),
        text("flags", "Oddities of the text, comma-separated: nul, bidi, zero_width, mojibake, replacement."),
        text("stated_language", "Language code that the markup or the record states."),
        text("stated_title", "Title that the markup or the record states."),
        text("stated_byline", "Author that the markup or the record states."),
        text("stated_published", "Publication date as the markup or the record words it."),
        text("stated_published_basis", "Where that wording stands: record:<field> or markup:<source>:<field>."),
        text("extra", "Further fields of the record, as a JSON object."),
        text("markup", "Evidence of the markup a line of raw_text, as JSON; null for plain text."),
        text("raw_text", "The page's text, decoded once and never edited.", required=True),
    ),
)

REJECTED_DOCUMENTS = Table(
    "rejected_documents",
    Layer.CORE,
    "input that could not be used",
    "Every file, record or line that did not become a document, with the reason.",
    (
        text("source_path", "File or member (`file#L12`) that was refused.", key=True),
        count("byte_size", "Size in bytes, as far as it was read."),
        text("content_sha256", "SHA-256 of the bytes; null when they were not read whole."),
        text("reason_code", "Why, as a code: see docs/ingest.md.", key=True),
        text("detail", "Why, in words."),
        day("ingest_date", "Day of the ingest partition.", key=True),
    ),
)

OUTLET_LINES = Table(
    "outlet_lines",
    Layer.LAKE,
    "outlet x masked line",
    "On how many pages of an outlet a line occurs (digits masked); counts add up over partitions.",
    (
        text("outlet_id", "Outlet.", key=True),
        count("line_key", "64-bit hash of the masked line.", key=True),
        count("page_count", "Pages of the outlet that bear the line."),
    ),
)

DOCUMENTS = Table(
    "documents",
    Layer.CORE,
    "distinct readable document",
    "One row per distinct page, with its metadata, its untouched text and the text that was kept.",
    (
        text(
            "document_id",
            "Identity derived from outlet and content: delivered twice, it is one document.",
            key=True,
        ),
        text("outlet_id", "Outlet that published it; null when nothing tells."),
        text("outlet_basis", "What named the outlet: record, sidecar, path, url, markup or text."),
        score("outlet_score", "How certain the outlet is, 0 to 1."),
        text("source_path", "File it came from; `file#L12` or `file#3` for a member of it.", required=True),
        text("url", "Address the page was fetched from, if known."),
        text("media_type", "Format it was read as.", required=True),
        text("encoding", "Character encoding it was decoded with.", required=True),
        day("ingest_date", "Day of the ingest partition it arrived in.", required=True),
        text("content_sha256", "SHA-256 of the document's bytes.", required=True),
        text("language", "Language of the kept text, ISO 639-1; null when too short to tell."),
        text("title", "Headline, as the page words it; null when it has none."),
        text("byline", "Author line without its lead-in; null when not stated."),
        text("dateline", "Place (and agency) that opens the story; null when it has none."),
        instant("published_at", "Instant of publication, UTC; only when a time and its zone are stated."),
        day("published_date", "Day of publication; null unless the text, the markup or the record says it."),
        text("published_text", "The words that say when it was published."),
        text("published_precision", "day, hour, minute or second: how exactly the words say it."),
        text("published_basis", "Where the date stands: text, markup:<field> or record:<field>."),
        count("raw_chars", "Characters of raw_text."),
        count("kept_chars", "Characters of raw_text inside kept blocks."),
        text(
            "duplicate_of",
            "The earlier document that carries the same story text; null when it is the first.",
        ),
        text("flags", "Oddities of the text, comma-separated: nul, bidi, zero_width, mojibake, replacement."),
        text(
            "raw_text",
            "The page's text, decoded once and never edited; all offsets count its code points.",
            required=True,
        ),
        text(
            "clean_text",
            "The kept blocks' text, one block a paragraph, joined by a blank line.",
            required=True,
        ),
    ),
)

DOCUMENT_DUPLICATES = Table(
    "document_duplicates",
    Layer.LAKE,
    "document that repeats an earlier one",
    "Near-duplicates: the same story text under another banner.",
    (
        text("document_id", "The later document.", key=True),
        text("duplicate_of", "The earliest document with the same story text.", required=True),
        score("similarity", "Share of the story text in common, 0 to 1.", required=True),
    ),
)

BLOCKS = Table(
    "blocks",
    Layer.CORE,
    "block of raw text",
    "Blocks tile every non-blank character of a document, in order; cut ones stay, with the reason.",
    (
        text("document_id", "Document.", key=True),
        count("block_no", "Position in the document, from 0.", key=True),
        count("start", "First character in raw_text, from 0."),
        count("end", "One past the last character in raw_text."),
        text("text", "raw_text[start:end].", required=True),
        text("kind", "What the block is: body, title, caption, comment_form, ...", required=True),
        flag("is_kept", "Whether it belongs to the article."),
        text("rule", "The rule or model that decided.", required=True),
        score("score", "Certainty that the block belongs to the article, 0 to 1.", required=True),
        text("language", "Language of the block, ISO 639-1; null when too short to tell."),
    ),
)

OUTLETS = Table(
    "outlets",
    Layer.CORE,
    "outlet",
    "The publishers whose pages were read.",
    (
        text("outlet_id", "Outlet.", key=True),
        text("name", "The outlet's name in its own spelling.", required=True),
        text("domain", "Its registrable domain, if known."),
        count("document_count", "Documents of the outlet."),
        day("first_seen", "First publication day, or ingest day where none is stated.", required=True),
        day("last_seen", "Last publication day, or ingest day where none is stated.", required=True),
    ),
)
