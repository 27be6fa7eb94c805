WITH {parts} {last}
