-- The blocks that tile every document, kept or cut, with the rule that decided.
select
    document_id,
    block_no,
    start,
    "end",
    text,
    kind,
    is_kept,
    rule,
    score,
    language
from lake.blocks
