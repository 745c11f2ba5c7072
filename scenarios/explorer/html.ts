/** The page as text, in pieces: one file that needs no other and may not ask for one. */
import { embedSection, escapeText, jsonForScript, scriptForScript } from './embed.ts';
import type { PageInfo } from './page-info.ts';

/** Nothing may be fetched from anywhere; scripts are the page's own. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface PageParts {
  readonly info: PageInfo;
  /** Sections of data by name; `timeline` is the packed timeline. */
  readonly sections: ReadonlyMap<string, Uint8Array>;
  /** The page's script and style sheet. */
  readonly script: string;
  readonly styles: string;
}

export function* pageHtml({ info, sections, script, styles }: PageParts): Generator<string> {
  const title = escapeText(`${info.name}: goheapsim`);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="goheapsim explore">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<noscript>This page draws a heap with JavaScript, which is switched off here.</noscript>
<div id="app"></div>
`;
  yield `<script type="application/json" id="info">${jsonForScript(info)}</script>\n`;
  for (const [name, data] of sections) yield* embedSection(name, data);
  yield `<script>${scriptForScript(script)}</script>\n</body>\n</html>\n`;
}
