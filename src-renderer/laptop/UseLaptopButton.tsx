import { laptopOf, laptopTrouble } from '../../src-shared/laptop-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';

interface UseLaptopButtonProps {
  readonly label?: string;
}

/** Opens the dialog that pairs the shown server with a laptop. Absent while one helps it. */
export function UseLaptopButton({ label = words.laptop.action }: UseLaptopButtonProps) {
  const { state, pairLaptop } = useConsole();
  const { laptop, profile } = state;
  if (!profile) return null;
  const helping = laptopOf(laptop, profile.id);
  if (helping && laptopTrouble(helping) === null) return null;
  return <Button onPress={pairLaptop}>{label}</Button>;
}
