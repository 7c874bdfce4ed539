import { words } from '../../src-shared/words/words.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';

interface UseLaptopButtonProps {
  readonly label?: string;
  readonly look?: 'standard' | 'quiet';
}

/** Opens the dialog that pairs the shown server with a laptop. Nothing while one helps it. */
export function UseLaptopButton({ label = words.laptop.action, look = 'standard' }: UseLaptopButtonProps) {
  const { state, pairLaptop } = useConsole();
  const { laptop, profile } = state;
  const isHelped = laptop?.state === 'paired' && laptop.failureCode === undefined;
  if (!profile || isHelped) return null;
  return (
    <Button look={look} onPress={pairLaptop}>
      {label}
    </Button>
  );
}
