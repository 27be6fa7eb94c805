strpos(concat(n.folded, n.letters), ({parts})[1]) > 0
