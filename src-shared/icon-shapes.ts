/** Icons as stroked paths on a 24 × 24 grid. The first paint and the page share them, so that nothing moves between the two. */
export const iconShapes = {
  license: 'M12 3 5 5.8v5.4c0 4.4 2.9 8 7 9.8 4.1-1.8 7-5.4 7-9.8V5.8L12 3ZM8.8 12l2.3 2.3 4.2-4.6',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM9 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z',
  help: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM9.6 9.6c.1-1.4 1.1-2.2 2.5-2.2s2.4.9 2.4 2.1c0 1.8-2.5 1.9-2.5 3.9M12 16.4v.2',
  history: 'M4.2 12a7.8 7.8 0 1 0 2.5-5.7L4.2 8.6M4.2 4.2v4.4h4.4M12 7.6V12l3 1.8',
  registers: 'M3.5 4.5h10v7h-10ZM7 14.5h3M8.5 11.5v3M12.5 15.5h8v4h-8ZM17 15.5V8h-1M19.5 8h-3.5',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15 15l5 5',
  good: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM8 12.2l2.8 2.8L16.2 9.4',
  warning: 'M12 4 3 19.5h18L12 4ZM12 10v4.4M12 16.9v.2',
  critical: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM9 9l6 6M15 9l-6 6',
  info: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM12 11v5.6M12 7.6v.2',
  none: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM8.2 12h7.6',
  copy: 'M9 9h10v11H9ZM15 9V4H5v11h4',
  check: 'M5 12.8l4.6 4.6L19.2 7',
  back: 'M19 12H5.5M11 6l-6 6 6 6',
  reload: 'M19.2 12a7.2 7.2 0 1 1-2.2-5.2M19.2 3.6v4.2H15',
  home: 'M4 11.4 12 4.6l8 6.8M6.2 9.8v9.4h11.6V9.8',
  minus: 'M6 12h12',
  plus: 'M6 12h12M12 6v12',
  browser: 'M10 5H5v14h14v-5M13.5 4.5h6v6M19.2 4.8 11 13',
  signOut: 'M10 4.5H5v15h5M15 8l4 4-4 4M18.6 12H9.8',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  lock: 'M6.5 11h11v8.5h-11ZM8.8 11V8a3.2 3.2 0 0 1 6.4 0v3',
  computer: 'M4 5.5h16v10.5H4ZM9 19.5h6M12 16v3.5',
  phone: 'M8 3.5h8v17H8ZM11 17.8h2',
  print: 'M7.5 9V4h9v5M7.5 17H4.8V9h14.4v8h-2.7M7.5 14h9v6h-9Z',
  save: 'M12 4v10.5M7.5 10.5 12 15l4.5-4.5M4.5 15.5v4h15v-4',
  arrowRight: 'M5 12h13.5M13 6l6 6-6 6',
  clock: 'M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6ZM12 7.2V12l3.2 2',
} as const;

export type IconName = keyof typeof iconShapes;
