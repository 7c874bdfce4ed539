export type TestFont = 'wide' | 'narrow';
export const testFonts: Record<TestFont, { readonly family: string; readonly folder: string; readonly files: RegExp }>;
export function chosenFont(env?: NodeJS.ProcessEnv): TestFont | null;
export function fontEnvironment(folder: string, env?: NodeJS.ProcessEnv): Record<string, string>;
