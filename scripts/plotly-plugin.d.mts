import type { Plugin } from 'vite';

export function inPieces(code: string): string;
export function plotlyInPieces(): Plugin;
