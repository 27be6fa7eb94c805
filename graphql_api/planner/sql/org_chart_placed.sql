o.id,
        row_number() OVER (
            ORDER BY array_position({kinds}, o.kind), o.code COLLATE "C" NULLS LAST, o.pinyin COLLATE "C", o.id
        )::integer AS place,
        o.status NOT IN ('DISSOLVED', 'REVOKED') AS stands
