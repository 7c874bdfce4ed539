import { helpsWell, shownLaptop } from '../../src-shared/pairing/laptop-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';

interface UseLaptopButtonProps {
  readonly label?: string;
}

/** Opens the dialog that pairs the shown server, or at the first run the one to be set up, with a laptop. Absent while one helps it. */
export function UseLaptopButton({ label = words.laptop.action }: UseLaptopButtonProps) {
  const { state, pairLaptop } = useConsole();
  if (helpsWell(shownLaptop(state))) return null;
  return <Button onPress={pairLaptop}>{label}</Button>;
}
