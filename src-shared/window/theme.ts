/** The colors of the window: the person's choice, or as the operating system has them. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
