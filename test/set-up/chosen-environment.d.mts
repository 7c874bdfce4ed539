/** Applies the chosen environment to this process; for a test runner that starts other processes. */
export declare function takeChosenEnvironment(): void;
