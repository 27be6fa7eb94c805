{t}.id = ANY ({subtree})
