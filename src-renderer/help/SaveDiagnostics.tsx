import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { askForDiagnostics } from './diagnostics-request.ts';

/** Opens the dialog that saves what support asks for. */
export function SaveDiagnostics() {
  return <Button onPress={askForDiagnostics}>{words.frame.saveDiagnostics}</Button>;
}
