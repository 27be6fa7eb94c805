import { render } from 'preact';
import { App } from './shell/app';
import './style/base.css';
import './style/shell.css';
import './style/search.css';
import './style/chart.css';
import './style/record.css';
import './style/lists.css';
import './style/rules.css';
import './style/reports.css';
import './style/desk.css';
import './style/print.css';

const host = document.getElementById('app');
if (host === null) throw new Error('index.html has no #app');
render(<App />, host);
