/** How a file begins that is not text, what it is, and what to do instead. */
export interface Signature {
  readonly bytes: readonly number[];
  /** Where they stand, from the beginning; 0 by default. */
  readonly at?: number;
  readonly is: string;
  readonly wayOut: string;
  /** True for letters that a header could begin with too ("PAR1,PAR2"): then a control character must follow. */
  readonly isWord?: boolean;
}

export const wayOut = {
  drop: 'Drop the table itself, as a CSV file.',
  unpack: 'Unpack it and drop the CSV file inside.',
  asCsv: 'Save it as CSV and drop that.',
  excel: 'Save it as CSV in Excel (File > Save as) and drop that.',
  excelOpen: 'Open it in Excel, save it as CSV (File > Save as) and drop that.',
  exportTable: 'Export the table in it as CSV and drop that.',
  exportCsv: 'Export the table from the program that made it, as CSV.',
} as const;

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

const images: readonly Signature[] = [
  { bytes: [0x89, ...ascii('PNG')], is: 'a PNG image', wayOut: wayOut.drop },
  { bytes: [0xff, 0xd8, 0xff], is: 'a JPEG image', wayOut: wayOut.drop },
  { bytes: ascii('GIF8'), is: 'a GIF image', wayOut: wayOut.drop, isWord: true },
  { bytes: ascii('BM'), is: 'a BMP image', wayOut: wayOut.drop, isWord: true },
  { bytes: [...ascii('II*'), 0], is: 'a TIFF image', wayOut: wayOut.drop },
  { bytes: [...ascii('MM'), 0, 0x2a], is: 'a TIFF image', wayOut: wayOut.drop },
  { bytes: [0, 0, 1, 0, 1], is: 'an icon', wayOut: wayOut.drop },
  { bytes: ascii('8BPS'), is: 'a Photoshop image', wayOut: wayOut.drop, isWord: true },
];

const documents: readonly Signature[] = [
  { bytes: ascii('%PDF-'), is: 'a PDF document', wayOut: wayOut.exportTable },
  { bytes: ascii('%!PS'), is: 'a PostScript document', wayOut: wayOut.exportTable },
  { bytes: ascii('{\\rtf'), is: 'an RTF document', wayOut: wayOut.exportTable },
];

const dataFiles: readonly Signature[] = [
  { bytes: ascii('SQLite format 3'), is: 'an SQLite database', wayOut: wayOut.exportTable },
  {
    bytes: ascii('DUCK'),
    at: 8,
    is: 'a DuckDB database',
    wayOut: wayOut.exportTable,
    isWord: true,
  },
  {
    bytes: ascii('Standard '),
    at: 4,
    is: 'an Access database',
    wayOut: wayOut.exportTable,
    isWord: true,
  },
  { bytes: ascii('PAR1'), is: 'a Parquet file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: ascii('ARROW1'), is: 'an Arrow file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: ascii('FEA1'), is: 'a Feather file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: [...ascii('Obj'), 1], is: 'an Avro file', wayOut: wayOut.exportCsv },
  { bytes: ascii('ORC'), is: 'an ORC file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: [0x89, ...ascii('HDF')], is: 'an HDF5 file', wayOut: wayOut.exportCsv },
  { bytes: [0x93, ...ascii('NUMPY')], is: 'a NumPy file', wayOut: wayOut.exportCsv },
  { bytes: [0x80, 4, 0x95], is: 'a Python pickle', wayOut: wayOut.exportCsv },
  { bytes: ascii('MATLAB 5.0'), is: 'a MATLAB file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: ascii('RDX'), is: 'an R data file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: ascii('$FL'), is: 'an SPSS file', wayOut: wayOut.exportCsv, isWord: true },
  { bytes: ascii('<stata_dta>'), is: 'a Stata file', wayOut: wayOut.exportCsv },
  { bytes: [0x73, 2, 1, 0], is: 'a Stata file', wayOut: wayOut.exportCsv },
  {
    bytes: [0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf],
    at: 12,
    is: 'a SAS file',
    wayOut: wayOut.exportCsv,
  },
];

const archives: readonly Signature[] = [
  { bytes: ascii('Rar!'), is: 'a RAR archive', wayOut: wayOut.unpack, isWord: true },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: 'a 7-Zip archive', wayOut: wayOut.unpack },
  { bytes: [0xfd, ...ascii('7zXZ')], is: 'an XZ archive', wayOut: wayOut.unpack },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'a Zstandard archive', wayOut: wayOut.unpack },
  { bytes: [4, 0x22, 0x4d, 0x18], is: 'an LZ4 archive', wayOut: wayOut.unpack },
  { bytes: ascii('BZh'), is: 'a bzip2 archive', wayOut: wayOut.unpack, isWord: true },
  { bytes: ascii('MSCF'), is: 'a cabinet archive', wayOut: wayOut.unpack, isWord: true },
  { bytes: ascii('ustar'), at: 257, is: 'a TAR archive', wayOut: wayOut.unpack, isWord: true },
];

const sound = { is: 'a sound or a video', wayOut: wayOut.drop };
const sounds: readonly Signature[] = [
  { ...sound, bytes: ascii('ID3'), isWord: true },
  { ...sound, bytes: [0xff, 0xfb], isWord: true },
  { ...sound, bytes: ascii('OggS'), isWord: true },
  { ...sound, bytes: ascii('fLaC'), isWord: true },
  { ...sound, bytes: ascii('MThd'), isWord: true },
  { ...sound, bytes: ascii('FLV'), isWord: true },
  { ...sound, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { ...sound, bytes: [0, 0, 1, 0xba] },
];

const programs: readonly Signature[] = [
  { bytes: ascii('MZ'), is: 'a program for Windows', wayOut: wayOut.drop, isWord: true },
  { bytes: [0x7f, ...ascii('ELF')], is: 'a program for Linux', wayOut: wayOut.drop },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], is: 'a program for macOS', wayOut: wayOut.drop },
  { bytes: [0xca, 0xfe, 0xba, 0xbe], is: 'a program for Java or macOS', wayOut: wayOut.drop },
  { bytes: [0, ...ascii('asm')], is: 'a WebAssembly program', wayOut: wayOut.drop },
];

export const signatures: readonly Signature[] = [
  ...images,
  ...documents,
  ...dataFiles,
  ...archives,
  ...sounds,
  ...programs,
];
