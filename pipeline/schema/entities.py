"""Tables about names: where they stand, whom they mean, and why two spellings were joined."""

from pipeline.schema.table import Layer, Table, count, data, day, flag, score, text

MODEL_OUTPUTS = Table(
    "model_outputs",
    Layer.LAKE,
    "distinct text the language model has read",
    "Content-addressed store of the model's answers: a text met again costs nothing.",
    (
        text("output_key", "Hash of the text, the model and its version.", key=True),
        text(
            "spans",
            "What the model found, as JSON: [[start, end, label], ...] in the text's code points.",
            required=True,
        ),
        data(
            "tokens",
            "Evidence of single tokens, eight little-endian int32 each: start, end, then thousandths of B-PERSON, "
            "I-PERSON, B-ORG, I-ORG, B-LOC, I-LOC.",
            required=True,
        ),
    ),
)

MENTIONS = Table(
    "mentions",
    Layer.CORE,
    "name found in a kept block",
    "Every name in the kept text: its place, its label and how it was found.",
    (
        text("mention_id", "Identity derived from document and offsets.", key=True),
        text("document_id", "Document.", required=True),
        count("block_no", "Block of the document it stands in."),
        count("sentence_no", "Sentence of the block, from 0."),
        count("start", "First character in raw_text, from 0."),
        count("end", "One past the last character in raw_text."),
        text("surface", "raw_text[start:end].", required=True),
        text("label", "PERSON, ORG, GPE, LOC, FAC, NORP or EVENT.", required=True),
        text("method", "The model or correction that found and labelled it.", required=True),
        text("role", "Title or role in front of the name, for example Foreign Minister."),
        text("country_code", "ISO 3166 alpha-2 code, for countries, their cities and nationalities."),
        text("entity_id", "Whom or what it means (filled by resolution)."),
    ),
)

MENTION_ENTITIES = Table(
    "mention_entities",
    Layer.LAKE,
    "mention",
    "Which entity each mention means.",
    (
        text("mention_id", "Mention.", key=True),
        text("entity_id", "Entity.", required=True),
    ),
)

ENTITIES = Table(
    "entities",
    Layer.CORE,
    "canonical entity",
    "One row per person, organisation, place, group or event, however it is spelled.",
    (
        text("entity_id", "Minted once; survives reruns and new documents.", key=True),
        text("name", "The name a reader expects: complete, most used, without title.", required=True),
        text("label", "PERSON, ORG, GPE, LOC, FAC, NORP or EVENT.", required=True),
        count("mention_count", "Mentions."),
        count("document_count", "Documents that name it."),
        count("outlet_count", "Outlets that name it."),
        day("first_seen", "First publication day, or ingest day where none is stated."),
        day("last_seen", "Last publication day, or ingest day where none is stated."),
        text("country_code", "ISO 3166 alpha-2 code, for countries, their cities and nationalities."),
    ),
)

ALIASES = Table(
    "aliases",
    Layer.CORE,
    "distinct spelling of an entity",
    "Every spelling met for an entity.",
    (
        text("entity_id", "Entity.", key=True),
        text("alias", "Spelling as it stands in the text.", key=True),
        count("mention_count", "Mentions with this spelling."),
        count("document_count", "Documents with this spelling."),
        count("outlet_count", "Outlets with this spelling."),
        flag("is_canonical", "Whether it is the entity's name."),
    ),
)

ALIAS_EVIDENCE = Table(
    "alias_evidence",
    Layer.CORE,
    "pair of spellings joined",
    "Why two spellings are held to be one entity.",
    (
        text("entity_id", "Entity.", key=True),
        text("alias_a", "One spelling.", key=True),
        text("alias_b", "The other spelling.", key=True),
        text("rule", "What joined them.", key=True),
        score("score", "Certainty, 0 to 1.", required=True),
        text("explanation", "The reasons in plain words.", required=True),
        text("document_id", "A document that shows it."),
    ),
)

ENTITY_REDIRECTS = Table(
    "entity_redirects",
    Layer.CORE,
    "entity id that no longer stands",
    "Where to look for an entity whose id was merged away.",
    (
        text("old_entity_id", "Id that no longer stands.", key=True),
        text("entity_id", "Id that stands for it now.", required=True),
        text("reason", "merged, or why else.", required=True),
        text("run_id", "Run that made the redirect."),
    ),
)

REVIEW_PAIRS = Table(
    "review_pairs",
    Layer.CORE,
    "pair of spellings that a person should look at",
    "The joins that hang by a weak link, and the likeliest ones that were not made: `dramatis review` asks about them.",
    (
        text("entity_id_a", "Entity of the one spelling.", key=True),
        text("alias_a", "One spelling.", key=True),
        text("entity_id_b", "Entity of the other spelling; the same one when they are joined.", key=True),
        text("alias_b", "The other spelling.", key=True),
        flag("is_joined", "Whether both are one entity now."),
        text("rule", "What joins them, or would.", required=True),
        score("score", "Certainty that they are one, 0 to 1.", required=True),
        text("explanation", "The reasons in plain words.", required=True),
        count("mention_count_a", "Mentions of the one name."),
        count("mention_count_b", "Mentions of the other name."),
        text("document_id_a", "A document with the one spelling."),
        text("document_id_b", "A document with the other spelling."),
    ),
)

NAME_ENTITIES = Table(
    "name_entities",
    Layer.LAKE,
    "name as the corpus uses it",
    "What resolution remembers between runs: which entity each name meant.",
    (
        text("name_group", "Comparison group: PERSON, ORG, PLACE, NORP or EVENT.", key=True),
        text("name_key", "The name's parts, folded.", key=True),
        text("split_tag", "Outlet or document of an override's split, else empty.", key=True),
        text("entity_id", "Entity.", required=True),
    ),
)

ENTITY_BIRTHS = Table(
    "entity_births",
    Layer.LAKE,
    "entity id ever minted",
    "Every entity id ever given, in the order of minting: a merge keeps the older.",
    (
        text("entity_id", "Entity.", key=True),
        count("birth_order", "Position in the order of minting, from 0."),
    ),
)

COMPARED_NAMES = Table(
    "compared_names",
    Layer.LAKE,
    "name that resolution has compared",
    "What a run need not do again: a name with its keys and its candidates. Valid for the code that wrote it.",
    (
        count("name_no", "Place in the order of signatures, from 0.", key=True),
        text("signature", "All of the name that keys and comparison read.", required=True),
    ),
)

PARSED_NAMES = Table(
    "parsed_names",
    Layer.LAKE,
    "spelling of a name, as one kind of entity",
    "What a run need not do again: names taken apart. Valid for the code that wrote it. Words have a blank between.",
    (
        text("surface", "Spelling as it stands in the text.", key=True),
        text("name_group", "Comparison group: PERSON, ORG, PLACE, NORP or EVENT.", key=True),
        text("parts", "Folded words that make the name.", required=True),
        text("titles", "Words set aside in front.", required=True),
        text("acronyms", "What its initials spell.", required=True),
        text("kinds", "A digit for each part: 0 telling, 1 of little weight, 2 an initial, 3 a number.", required=True),
        text("suffix", "Mark of the generation: jr, sr, ii.", required=True),
        flag("is_acronym", "Whether the spelling is an acronym."),
    ),
)

NAME_KEYS = Table(
    "name_keys",
    Layer.LAKE,
    "blocking key of a compared name",
    "Which names may be one: those that share a key that few names have.",
    (
        count("block_key", "Hash of the key, its 64 bits as a signed number.", key=True),
        count("name_no", "Name in compared_names.", key=True),
    ),
)

NAME_PAIRS = Table(
    "name_pairs",
    Layer.LAKE,
    "pair of names compared",
    "The score of every pair of names that is likely or contradicted; the others say nothing.",
    (
        count("left_no", "Name in compared_names.", key=True),
        count("right_no", "Name in compared_names; the greater number.", key=True),
        score("score", "Probability that both are one entity's, 0 to 1.", required=True),
    ),
)
