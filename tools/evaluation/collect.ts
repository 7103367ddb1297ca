import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseToken, parseTokens, tokenText } from '../../src/notation/read-token.ts';
import { writeSemantic } from '../../src/notation/semantic.ts';
import type { Token } from '../../src/notation/token.ts';

/** What is known about the music of one page: every form is optional, staves stand from top to bottom. */
export interface PageText {
  semantic?: string[];
  tokens?: Token[][];
  musicxml?: string;
}

/** What the reader wrote about a page, as far as it concerns the report. */
export interface PageReading extends PageText {
  photo?: { width: number; height: number };
  staves: ReadStaff[];
  /** Staves of each system, as far as the reader wrote systems. */
  systems: number[];
}

/** A staff as it was read; places are on the upright photo, in pixels. */
export interface ReadStaff {
  /** x, y, width, height. */
  box: [number, number, number, number];
  /** The five lines from the top, each from left to right. */
  lines: [number, number][][];
  /** Where the reader looked for each token, how sure it is of it (0 to 1), and what it is. */
  looks: { x: number; y: number; p: number; text: string }[];
  draft: Token[];
}

export interface Case {
  name: string;
  truth: PageText;
  /** Missing where the reader wrote nothing about the page. */
  reading?: PageReading;
  image?: string;
}

const IMAGE = /\.(jpe?g|png|webp|gif|tiff?|bmp|heic)$/i;
const TRUTH = /^(.*?)(\.semantic|\.tokens\.json|\.musicxml|\.mxl)$/;

/** Every page that `truth` (a folder or one MusicXML file) knows, with its reading in `out` (likewise). */
export function collectCases(out: string, truth: string): Case[] {
  if (!statSync(truth).isDirectory()) return [pairOfFiles(out, truth)];
  const texts = new Map<string, PageText>();
  const files = readdirSync(truth).sort();
  const add = (name: string, text: PageText) => texts.set(name, { ...texts.get(name), ...text });
  if (files.includes('truth.json'))
    for (const [name, semantic] of truthList(readJson(join(truth, 'truth.json')))) add(name, { semantic });
  for (const file of files) {
    const [, name, kind] = TRUTH.exec(file) ?? [];
    if (name === undefined) continue;
    const path = join(truth, file);
    if (kind === '.semantic') add(name, { semantic: semanticLines(path) });
    else if (kind === '.tokens.json') add(name, { tokens: stavesOf(readJson(path)) });
    else add(name, { musicxml: path });
  }
  return [...texts].map(([name, text]) => {
    const image = files.find((file) => IMAGE.test(file) && stem(file) === name);
    const reading = readingOf(join(out, name));
    return {
      name,
      truth: { ...text, ...(text.semantic || !text.tokens ? {} : { semantic: writeSemantic(text.tokens) }) },
      ...(reading ? { reading } : {}),
      ...(image ? { image: join(truth, image) } : {}),
    };
  });
}

function pairOfFiles(out: string, truth: string): Case {
  const reading: PageReading = { musicxml: out, staves: [], systems: [] };
  return { name: stem(basename(truth)), truth: { musicxml: truth }, reading };
}

/** `{file name: [[token…]…]}` as name without extension -> lines. */
function truthList(value: unknown): [string, string[]][] {
  if (typeof value !== 'object' || value === null) throw new Error('truth.json must be an object');
  return Object.entries(value).map(([file, staves]) => {
    if (!Array.isArray(staves)) throw new Error(`truth.json: ${file} has no list of staves`);
    const lines = staves.map((staff: unknown) => {
      if (!Array.isArray(staff)) throw new Error(`truth.json: ${file} has a staff that is no list of tokens`);
      return staff.map(String).join(' ');
    });
    return [IMAGE.test(file) ? stem(file) : file, lines];
  });
}

/** What `OUT` holds of a page: what recognise writes, or a truth put in its place to be compared with another. */
function readingOf(path: string): PageReading | undefined {
  const text = `${path}.semantic`;
  const json = [`${path}.json`, `${path}.tokens.json`].find(existsSync);
  const musicxml = [`${path}.musicxml`, `${path}.mxl`].find(existsSync);
  if (!existsSync(text) && !json && !musicxml) return undefined;
  const page: unknown = json ? readJson(json) : undefined;
  const tokens = stavesOf(page);
  const photo = photoSize(page);
  return {
    semantic: existsSync(text) ? semanticLines(text) : writeSemantic(tokens),
    ...(json ? { tokens } : {}),
    ...(musicxml ? { musicxml } : {}),
    ...(photo ? { photo } : {}),
    staves: listOf(page, 'systems').flatMap((system) => listOf(system, 'staves').map(readStaff)),
    systems: listOf(page, 'systems').map((system) => listOf(system, 'staves').length),
  };
}

/** Lines of semantic text; a line without tokens is no staff. */
function semanticLines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

/** The staves of a page in whatever nesting: systems of staves, staves with their tokens, or bare lists of tokens. */
function stavesOf(value: unknown): Token[][] {
  if (Array.isArray(value)) {
    const isStaff = value.length === 0 || typeof field(value[0], 'rhythm') === 'string';
    return isStaff ? [parseTokens(value)] : value.flatMap(stavesOf);
  }
  const inner = field(value, 'systems') ?? field(value, 'staves') ?? field(value, 'tokens');
  if (field(value, 'tokens') !== undefined) return [parseTokens(inner)];
  return Array.isArray(inner) ? inner.flatMap(stavesOf) : [];
}

/** A field that should be a list; empty where it is none. */
function listOf(value: unknown, key: string): unknown[] {
  const list = field(value, key);
  return Array.isArray(list) ? list : [];
}

function readStaff(staff: unknown): ReadStaff {
  const [x = 0, y = 0, width = 0, height = 0] = listOf(staff, 'box').map(Number);
  const points = (line: unknown): [number, number][] =>
    Array.isArray(line) ? line.map((point: unknown) => pointOf(point)) : [];
  return {
    box: [x, y, width, height],
    lines: listOf(staff, 'lines').map(points),
    looks: listOf(staff, 'tokens').map((token) => ({
      x: Number(field(token, 'x')),
      y: Number(field(token, 'y')),
      p: Number(field(token, 'p')),
      text: tokenText(parseToken(token)),
    })),
    draft: parseTokens(listOf(staff, 'draft')),
  };
}

function pointOf(point: unknown): [number, number] {
  const [x = 0, y = 0] = Array.isArray(point) ? point.map(Number) : [];
  return [x, y];
}

function photoSize(page: unknown): { width: number; height: number } | undefined {
  const photo = field(page, 'photo');
  const [width, height] = [field(photo, 'width'), field(photo, 'height')];
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined;
}

function stem(file: string): string {
  return join(dirname(file), basename(file, extname(file)));
}
