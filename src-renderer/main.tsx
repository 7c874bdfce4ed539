/**
 * The kept license stands in the document and is painted first; the script that takes it over is loaded only after that
 * frame, so that it does not compete with it.
 */
requestAnimationFrame(() => setTimeout(() => void import('./start.tsx')));
