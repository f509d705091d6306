"""The tables of the catalogue in SQL, and how those of earlier versions become them."""

SCHEMA_VERSION = 3
MIGRATING = "The library was made by an earlier version of Footnote; it is brought into the form of this one, once."
_DOUBLES = """
CREATE TABLE doubles (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, signature BLOB NOT NULL,
    copy_of TEXT REFERENCES articles(id) ON DELETE SET NULL) WITHOUT ROWID;
CREATE INDEX doubles_copy ON doubles(copy_of) WHERE copy_of IS NOT NULL;
"""
# Bands are those of the articles that are no copies. Texts have a table of their own: lists of articles read none.
_BANDS = "CREATE TABLE bands (band INTEGER, article TEXT, PRIMARY KEY (band, article)) WITHOUT ROWID;"
_ARTICLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES files(real) ON DELETE CASCADE ON UPDATE CASCADE,
    path TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, author TEXT, published TEXT, language TEXT, url TEXT,
    content_hash TEXT NOT NULL, part TEXT NOT NULL, leaves TEXT NOT NULL, searched TEXT NOT NULL,
    indexed TEXT NOT NULL);
"""
_TEXTS = """
CREATE TABLE texts (article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, text TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX articles_file ON articles(file);
CREATE INDEX articles_path ON articles(path);
CREATE INDEX articles_publisher ON articles(publisher);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_language ON articles(language);
CREATE INDEX articles_url ON articles(url) WHERE url IS NOT NULL;
CREATE INDEX files_error ON files(shown) WHERE error IS NOT NULL;
"""
_PASSAGES = """
    id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL,
    sentences BLOB NOT NULL, sentence_vectors BLOB NOT NULL"""
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (real TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    real TEXT PRIMARY KEY, shown TEXT NOT NULL, root TEXT NOT NULL REFERENCES roots(real) ON DELETE CASCADE,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    hash TEXT NOT NULL, made_by TEXT NOT NULL, error TEXT);
CREATE INDEX files_hash ON files(hash);
{_ARTICLES}{_TEXTS}{_INDEXES}{_DOUBLES}{_BANDS}
CREATE TABLE passages ({_PASSAGES});
CREATE INDEX passages_article ON passages(article);
CREATE VIRTUAL TABLE words USING fts5(exact, folded, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, col);
"""
# `counted` gives back what it gets: a migration's progress is counted by it, once for every article.
MIGRATIONS = {
    1: "ALTER TABLE articles ADD COLUMN part TEXT NOT NULL DEFAULT '';"
    f"ALTER TABLE articles ADD COLUMN leaves TEXT NOT NULL DEFAULT '[]';{_DOUBLES}",
    2: f"""
    ALTER TABLE articles RENAME TO articles_before;
    {_ARTICLES}
    INSERT INTO articles SELECT counted(a.id), a.file, f.shown, a.title, a.publisher, a.author, a.published,
        a.language, a.url, a.content_hash, a.part, a.leaves,
        searched(a.title, a.publisher, a.author, a.published, f.shown || a.part), ''
        FROM articles_before a JOIN files f ON f.real = a.file ORDER BY a.rowid;
    {_TEXTS}
    INSERT INTO texts SELECT counted(id), text FROM articles_before ORDER BY rowid;
    DROP TABLE articles_before;
    {_INDEXES}{_BANDS}
    INSERT OR IGNORE INTO bands SELECT value, article FROM doubles, json_each(bands(counted(signature)))
        WHERE copy_of IS NULL ORDER BY 1, 2;
    """,
}

# Passages with new vectors, beside those that are searched: whole in the place of all, or not at all.
BEGIN_ANEW = (
    "DROP TABLE IF EXISTS passages_anew",
    f"CREATE TABLE passages_anew ({_PASSAGES})",
    "CREATE INDEX passages_anew_article ON passages_anew(article)",  # an article that goes takes its rows with it
)
TAKE_ANEW = (
    "DROP TABLE passages",
    "DROP INDEX passages_anew_article",
    "ALTER TABLE passages_anew RENAME TO passages",
    "CREATE INDEX passages_article ON passages(article)",
)
