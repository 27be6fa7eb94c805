string_to_array(btrim(n.grams), ' ') @> {grams}
