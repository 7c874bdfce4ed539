/** Makes the chosen environment this process's own, for a runner of tests that starts others. */
export declare function takeChosenEnvironment(): void;
