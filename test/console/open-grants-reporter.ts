import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { checkedAnnotation, exceptionAnnotation } from './open-grants.ts';

/** Prints a line at the end of the run: how many tests were checked, and which grants stayed open that no keychain holds. */
export default class OpenGrantsReporter implements Reporter {
  #checked = 0;
  readonly #exceptions = new Map<string, number>();

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    for (const { type, description = '' } of annotations) {
      if (type === checkedAnnotation) this.#checked += 1;
      if (type === exceptionAnnotation) this.#exceptions.set(description, (this.#exceptions.get(description) ?? 0) + 1);
    }
  }

  onEnd(): void {
    const counts = [...this.#exceptions].map(([exception, times]) => `${exception} ${times}`).join(', ');
    console.log(`Open grants after ${this.#checked} tests: those in a keychain; in none: ${counts || '0'}`);
  }
}
