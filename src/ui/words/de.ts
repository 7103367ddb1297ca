/** The German words of all that Read is; Rank is written in English alone. */
import type { Translation } from '../words.ts';
import { camera, corners, pages, pdf } from './de/camera.ts';
import { edit } from './de/edit.ts';
import { play, save } from './de/play.ts';
import { problems, read } from './de/read.ts';
import { app, embed, home, offline } from './de/site.ts';
import { symbols } from './de/symbols.ts';

export const german: Translation = {
  problems,
  symbols,
  edit,
  embed,
  offline,
  camera,
  pages,
  corners,
  pdf,
  play,
  save,
  app,
  home,
  read,
};
