"""What a hostile file may cost us at most. The figures leave a hundredfold room above the largest honest documents."""

from __future__ import annotations

FILE_BYTES = 5 * 1024 * 1024
PART_BYTES = 24 * 1024 * 1024  # one unpacked part that is read (a 200-page document.xml is about 8 MB)
UNPACKED_BYTES = 96 * 1024 * 1024  # what the directory of the archive claims in all, pictures included
COMPRESSION_RATIO = 150  # an honest document.xml packs 10 to 40 times
RATIO_FREE_BYTES = 2 * 1024 * 1024  # below this a ratio proves nothing: styles.xml is one phrase repeated
ARCHIVE_MEMBERS = 2_000
CELLS = 40_000
ROWS = 2_000  # matters of one document; the largest plans of a region have some five hundred
COLUMNS = 64
PARAGRAPHS = 60_000
NESTING = 40  # tables in tables, controls in controls
TEXT_CHARACTERS = 4_000_000
PDF_PAGES = 120
PDF_CHARACTERS = 400_000  # of all pages; a page of a plan has some two thousand
PDF_RULES = 2_000  # on one page, pieces joined: more is a drawing and no table

READING_SECONDS = 20
PDF_READING_SECONDS = 60  # a full page takes a tenth of a second, on a busy machine three times as long
READING_MEMORY_MB = 512
EXIT_OUT_OF_MEMORY = 77  # what the reading process ends with when it has no memory left to say more
