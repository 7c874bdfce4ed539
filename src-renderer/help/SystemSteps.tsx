import { systemHere } from '../state/system-here.ts';

interface System {
  readonly name: string;
  readonly steps: readonly string[];
}

/** Instructions for each operating system. Those for this computer are open. */
export function SystemSteps({ systems }: { readonly systems: readonly System[] }) {
  const here = systemHere(navigator.userAgent);
  return systems.map(({ name, steps }) => (
    <details key={name} open={name === here} className="help-system">
      <summary>{name}</summary>
      <ol className="help-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  ));
}
