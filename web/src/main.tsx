import { render } from 'preact';
import './css/base.css';
import './css/ui.css';
import './css/shell.css';
import { startRouter } from './router';
import { startSettings } from './settings';
import { startSocket } from './socket';
import { startStore } from './store';
import { App } from './app';
import { startShortcuts } from './ui/shortcuts';
import { startSound } from './ui/sound';
import { startTitle } from './ui/title';

startSettings();
startRouter();
startShortcuts();
startTitle();
startSound();
startStore();
startSocket();

const root = document.getElementById('app');
if (root) render(<App />, root);
