/** The longest name of an installer on the handover sheet, in characters. */
export const longestInstaller = 80;
