import type { ComponentType } from 'react';

type Room = { path: string; load: () => Promise<{ default: ComponentType }> };

/** The rooms that exist; links and doors are made from this list. Paths are relative to the site's root. */
export const ROOMS = {
  home: { path: './', load: () => import('./home.tsx') },
  read: { path: './read/', load: () => import('../read/room.tsx') },
  rank: { path: './rank/', load: () => import('../rank/room.tsx') },
} satisfies Record<string, Room>;

export type RoomName = keyof typeof ROOMS;

export function isRoom(name: string): name is RoomName {
  return Object.hasOwn(ROOMS, name);
}

/** A link to a file of this site, relative to the page: each HTML file says how far the root is. */
export function siteLink(path: string): string {
  return (globalThis.document?.documentElement.dataset.root ?? './') + path.replace(/^\.\//, '');
}

/** The whole address of a file of this site. */
export function siteUrl(path: string): string {
  return new URL(siteLink(path), document.baseURI).href;
}
