import { themes } from '../../src-shared/window/theme.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';
import { FilterChoice } from '../controls/FilterChoice.tsx';
import { toast } from '../state/toast.ts';

/** The colors of the window. */
export function AppearanceSettings() {
  const { state } = useConsole();
  const { heading, legend, choices } = words.appearance;
  return (
    <section className="card page-card" aria-labelledby="appearance-heading">
      <h2 className="section-heading" id="appearance-heading">
        {heading}
      </h2>
      <FilterChoice
        legend={legend}
        choices={themes.map((value) => ({ value, label: choices[value] }))}
        value={state.theme}
        onChange={(theme) =>
          void call('appearance.theme', { theme }).then((saved) => {
            if (!saved.ok) toast(saved, '');
          })
        }
      />
    </section>
  );
}
