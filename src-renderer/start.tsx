import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectConsole } from './bridge.ts';
import { connectAskedPlace } from './frame/asked-place.ts';

const root = document.getElementById('root');
if (root) {
  connectAskedPlace();
  connectConsole();
  createRoot(root).render(<App />);
}
