-- Kinds and labels are those of the contract, and a cut kind is never kept.
-- severity: error
select
    'blocks.kind' as column_name,
    kind as value,
    is_kept,
    count(*) as row_count
from core.blocks
where
    kind not in (
        'title', 'byline', 'dateline_line', 'timestamp', 'body', 'subheading', 'caption', 'quote', 'list_item',
        'duplicate', 'navigation', 'subscribe', 'share', 'comment_form', 'related', 'advert', 'legal',
        'social_embed', 'error', 'counter', 'other_boilerplate'
    )
    or (
        is_kept
        and kind in (
            'duplicate', 'navigation', 'subscribe', 'share', 'comment_form', 'related', 'advert', 'legal',
            'social_embed', 'error', 'counter', 'other_boilerplate'
        )
    )
group by kind, is_kept
union all
select
    'mentions.label' as column_name,
    label as value,
    true as is_kept,
    count(*) as row_count
from core.mentions
where label not in ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT')
group by label
union all
select
    'entities.label' as column_name,
    label as value,
    true as is_kept,
    count(*) as row_count
from core.entities
where label not in ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT')
group by label
