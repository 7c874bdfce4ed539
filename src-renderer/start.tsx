import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectConsole } from './bridge.ts';

const root = document.getElementById('root');
if (root) {
  connectConsole();
  createRoot(root).render(<App />);
}
