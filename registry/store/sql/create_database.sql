-- The locale is named in full: left to the environment, a cluster under the C locale neither lower-cases Chinese-bearing
-- names, nor matches \w, nor yields trigrams for them. {name} is a quoted identifier.
CREATE DATABASE {name}
    TEMPLATE template0
    ENCODING 'UTF8'
    LOCALE_PROVIDER builtin
    BUILTIN_LOCALE 'C.UTF-8'
    LC_CTYPE 'C.UTF-8'
    LC_COLLATE 'C'
