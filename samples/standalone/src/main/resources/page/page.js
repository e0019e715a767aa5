'use strict';

// What the page knows: nothing but what /status and /diagnostics say. Whatever came from a peer or a plugin becomes text, never markup.

const POINTS = 60;
const WIDTH = 60;
const EVERY_MILLIS = 1000;
const HIDDEN_EVERY_MILLIS = 15_000;
const ANSWER_WITHIN_MILLIS = 5000;
const HEARTBEAT_WITHIN_MILLIS = 45_000;
const MOST_DIAGNOSTICS = 300;
const MOST_FINDINGS = 50;
const LEVELS = { ready: 'good', degraded: 'warn', 'not-ready': 'bad' };
const STATES = {
  open: 'good', running: 'good', finished: 'good',
  connecting: 'warn', waiting: 'warn', starting: 'warn', restarting: 'warn', stopping: 'warn',
  down: 'bad', denied: 'bad', stalled: 'bad', zombie: 'bad', failed: 'bad',
};
const byId = (id) => document.getElementById(id);
const rates = new Map();
let token = sessionStorage.getItem('token') || '';
let lastEventId = '';
let latest = null;

// ---- text and numbers

const number = new Intl.NumberFormat('en');
const counted = (count, what) => `${number.format(count)} ${what}${count === 1 ? '' : 's'}`;
const perSecond = (value) => (value >= 10 ? number.format(Math.round(value)) : value.toFixed(1)) + '/s';
const clock = (millis) => new Date(millis).toLocaleTimeString('en-GB');
const dated = (millis) => (new Date(millis).toDateString() === new Date().toDateString() ? '' : `${new Date(millis).toLocaleDateString('en-GB')} `) + clock(millis);

function age(sinceMillis, nowMillis) {
  if (!sinceMillis) {
    return '–';
  }
  const seconds = Math.max(0, Math.round((nowMillis - sinceMillis) / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return days ? `${days} d ${hours} h` : hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

const sum = (map) => Object.values(map).reduce((total, one) => total + (one.events ?? one), 0);
const reasons = (map) => Object.entries(map).map(([name, one]) => `${name} ${number.format(one.events ?? one)}`).join(', ');
const refused = (commands) => commands.denied + commands.rejected;

// ---- elements

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  if (className) {
    made.className = className;
  }
  return made;
}

function setText(cell, text) {
  if (cell.textContent !== text) {
    cell.textContent = text;
  }
}

function setState(cell, state) {
  if (cell.textContent !== state) {
    cell.replaceChildren(element('span', state, `state ${STATES[state] ?? ''}`));
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** A rate with its last minute as a line. */
function setRate(cell, key, total, atMillis) {
  const history = rates.get(key) ?? { total, atMillis, points: [] };
  if (atMillis > history.atMillis) {
    history.points.push(Math.max(0, total - history.total) * 1000 / (atMillis - history.atMillis));
    history.points.splice(0, history.points.length - POINTS);
    history.total = total;
    history.atMillis = atMillis;
  }
  rates.set(key, history);
  const points = history.points;
  let chart = cell.querySelector('svg');
  if (!chart) {
    cell.replaceChildren(element('span'), document.createElementNS(SVG, 'svg'));
    chart = cell.querySelector('svg');
    chart.setAttribute('class', 'chart');
    chart.setAttribute('width', `${WIDTH}`);
    chart.setAttribute('height', '18');
    chart.setAttribute('aria-hidden', 'true');
    chart.append(document.createElementNS(SVG, 'polyline'));
  }
  setText(cell.firstChild, perSecond(points[points.length - 1] ?? 0));
  const highest = Math.max(1, ...points);
  const line = points.map((value, at) => `${(WIDTH * (at + POINTS - points.length)) / (POINTS - 1)},${(17 - (16 * value) / highest).toFixed(1)}`);
  chart.firstChild.setAttribute('points', line.length > 1 ? line.join(' ') : '');
}

/** Rows by key; kept from one status to the next, so that nothing jumps and the focus stays. Another host's are removed. */
function rows(table, keys) {
  const body = table.tBodies[0];
  const cells = table.tHead.rows[0].cells.length - 1;
  table.rowsByKey ??= new Map();
  for (const key of keys) {
    if (!table.rowsByKey.has(key)) {
      const row = document.createElement('tr');
      const head = element('th', key);
      head.scope = 'row';
      row.append(head, ...Array.from({ length: cells }, () => document.createElement('td')));
      table.rowsByKey.set(key, row);
      body.append(row);
    }
  }
  if (table.rowsByKey.size > keys.length) {
    const wanted = new Set(keys);
    for (const [key, row] of table.rowsByKey) {
      if (!wanted.has(key)) {
        row.error?.remove();
        row.remove();
        table.rowsByKey.delete(key);
      }
    }
  }
  return table.rowsByKey;
}

// ---- the status

function showService(row, service, nowMillis) {
  const [, state, since, open, queue, received, dropped, sent, refusals, restarts, says] = row.cells;
  const key = row.firstChild.textContent;
  setState(state, service.life.state);
  setText(since, age(service.life.sinceMillis, nowMillis));
  setText(open, `${service.connections.filter((one) => one.state === 'open').length} of ${service.connections.length}`);
  if (!queue.firstChild) {
    queue.append(document.createElement('meter'), element('span'));
    queue.firstChild.min = 0;
    queue.firstChild.setAttribute('aria-label', `queue of ${key}`);
  }
  const full = Math.max(service.events.queued.events / service.queue.events, service.events.queued.bytes / service.queue.bytes);
  queue.firstChild.max = 100;
  queue.firstChild.high = 80;
  queue.firstChild.value = 100 * full;
  setText(queue.lastChild, `${number.format(service.events.queued.events)} of ${number.format(service.queue.events)}, ${service.queue.overflow}`);
  setRate(received, `${key} received`, service.events.received.events, nowMillis);
  setRate(dropped, `${key} dropped`, sum(service.events.drops), nowMillis);
  setRate(sent, `${key} sent`, service.commands.sent, nowMillis);
  setText(refusals, refused(service.commands) ? `${number.format(refused(service.commands))}: ${reasons(service.commands.refusedBy)}` : '0');
  refusals.className = refused(service.commands) ? 'wide' : '';
  setText(restarts, `${service.life.restarts}${service.life.lastFailure ? ': ' + service.life.lastFailure : ''}`);
  restarts.className = service.life.lastFailure ? 'wide' : '';
  setText(says, service.reported ? `${service.reported.health}: ${service.reported.detail}` : '–');
}

/** What an open connection once failed for is among what happened. */
const errorOf = (connection) => (connection.state === 'open' ? '' : connection.lastError);

function showConnection(row, connection, nowMillis) {
  const [, state, since, epoch, last, received, waiting, dropped, sent, refusals, failed, next] = row.cells;
  setState(state, connection.state);
  setText(since, age(connection.sinceMillis, nowMillis));
  setText(epoch, `${connection.epoch}`);
  setText(last, connection.lastFrameAtMillis ? `${age(connection.lastFrameAtMillis, nowMillis)} ago` : 'never');
  setRate(received, `${row.firstChild.textContent} received`, connection.events.received.events, nowMillis);
  setText(waiting, number.format(connection.events.queued.events));
  const drops = sum(connection.events.drops);
  setText(dropped, drops ? `${number.format(drops)}: ${reasons(connection.events.drops)}` : '0');
  setText(sent, number.format(connection.commands.sent));
  setText(refusals, refused(connection.commands) ? `${number.format(refused(connection.commands))}: ${reasons(connection.commands.refusedBy)}` : '0');
  setText(failed, number.format(connection.commands.failed));
  setText(next, connection.nextAttemptAtMillis ? `in ${age(nowMillis, connection.nextAttemptAtMillis)}` : '–');
  showError(row, errorOf(connection));
}

/** A line of its own below the connection's: it is a sentence, and the columns are numbers. */
function showError(row, error) {
  if (!row.error && error) {
    row.error = document.createElement('tr');
    row.error.className = 'error';
    const cell = element('td');
    cell.colSpan = row.cells.length;
    row.error.append(cell);
    row.after(row.error);
  }
  if (row.error) {
    setText(row.error.firstChild, error ? `last error: ${error}` : '');
  }
}

const ageOf = (finding) => (finding.sinceMillis ? `, for ${age(finding.sinceMillis, latest.atMillis)}` : '');

/** Made anew only when something else than their age has changed: what is on them is to be copied. */
function showFindings(health) {
  byId('all-well').hidden = health.findings.length > 0;
  const list = byId('findings');
  const shown = health.findings.slice(0, MOST_FINDINGS);
  const content = JSON.stringify(health.findings);
  if (list.content === content) {
    shown.forEach((finding, at) => setText(list.children[at].querySelector('.age'), ageOf(finding)));
    return;
  }
  list.content = content;
  const items = shown.map((finding) => {
    const item = document.createElement('li');
    item.className = finding.readiness === 'not-ready' ? 'worst' : '';
    const whose = [finding.service, finding.connection].filter(Boolean).join(' ');
    item.append(element('strong', `${whose}: ${finding.cause.replaceAll('-', ' ')}`), element('span', ageOf(finding), 'age'));
    if (finding.detail) {
      item.append(element('p', finding.detail));
    }
    item.append(element('p', finding.remedy, 'remedy'));
    return item;
  });
  if (health.findings.length > items.length) {
    items.push(element('li', `and ${health.findings.length - items.length} more: see the connections below`));
  }
  list.replaceChildren(...items);
}

function showReadiness(text, level) {
  const badge = byId('readiness');
  setText(badge, text);
  badge.className = `badge ${level}`;
  document.title = `${text} · Headgate`;
}

function show(status) {
  const began = performance.now();
  latest = status;
  byId('told').hidden = false;
  byId('login').hidden = true;
  showReadiness(status.health.readiness.replace('-', ' '), LEVELS[status.health.readiness]);
  const connections = status.services.flatMap((service) => service.connections.map((connection) => ({
    service, connection, key: `${service.plugin}/${service.service} ${connection.connection}`,
  })));
  const open = connections.filter(({ connection }) => connection.state === 'open').length;
  setText(byId('summary'), `${number.format(open)} of ${number.format(connections.length)} connections open, ${counted(status.services.length, 'service')}`);
  setText(byId('updated'), `as of ${clock(status.atMillis)}`);
  showFindings(status.health);
  const services = status.services.map((service) => ({ service, key: `${service.plugin}/${service.service}` }));
  const serviceRows = rows(byId('services'), services.map(({ key }) => key));
  services.forEach(({ service, key }) => showService(serviceRows.get(key), service, status.atMillis));
  const connectionRows = rows(byId('connections'), connections.map(({ key }) => key));
  connections.forEach(({ connection, key }) => showConnection(connectionRows.get(key), connection, status.atMillis));
  filter();
  performance.clearMeasures('show');
  performance.measure('show', { start: began });
}

/** Which connections are shown. */
function filter() {
  if (!latest) {
    return;
  }
  const text = byId('filter').value.toLowerCase();
  const state = byId('state').value;
  const trouble = byId('trouble').checked;
  let shown = 0;
  let all = 0;
  for (const service of latest.services) {
    for (const connection of service.connections) {
      const key = `${service.plugin}/${service.service} ${connection.connection}`;
      const visible = `${key} ${errorOf(connection)}`.toLowerCase().includes(text)
        && (!state || connection.state === state)
        && (!trouble || connection.state !== 'open' || sum(connection.events.drops) > 0);
      const row = byId('connections').rowsByKey.get(key);
      row.hidden = !visible;
      if (row.error) {
        row.error.hidden = !visible || !row.error.textContent;
      }
      shown += visible ? 1 : 0;
      all++;
    }
  }
  setText(byId('shown'), `${number.format(shown)} of ${number.format(all)} shown`);
}

// ---- the diagnostics

const isRefusal = (diagnostic) => diagnostic.kind.endsWith('-refused');

function showDiagnostic(diagnostic) {
  const item = document.createElement('li');
  item.dataset.refusal = isRefusal(diagnostic);
  const time = element('time', dated(diagnostic.atMillis));
  time.dateTime = new Date(diagnostic.atMillis).toISOString();
  item.append(time, element('span', [diagnostic.service, diagnostic.connection].filter(Boolean).join(' '), 'whose'),
    element('span', diagnostic.message));
  item.hidden = byId('refusals').checked && !isRefusal(diagnostic);
  const list = byId('diagnostics');
  list.prepend(item);
  while (list.childElementCount > MOST_DIAGNOSTICS) {
    list.lastChild.remove();
  }
}

function filterDiagnostics() {
  for (const item of byId('diagnostics').children) {
    item.hidden = byId('refusals').checked && item.dataset.refusal !== 'true';
  }
}

function take(block) {
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) {
      lastEventId = line.slice(4);
    } else if (line.startsWith('data: ')) {
      data += line.slice(6);
    }
  }
  if (data) {
    showDiagnostic(JSON.parse(data));
  }
}

// ---- the host

class Unauthorized extends Error {
  constructor(tried) {
    super('the token is not the right one');
    this.tried = tried;
  }
}

/** It said nothing, or nothing that can be shown; the message says which. */
class NoAnswer extends Error {}

async function ask(path, headers, signal) {
  const tried = token;
  const answer = await fetch(path, {
    cache: 'no-store',
    headers: { ...headers, ...(tried ? { Authorization: `Bearer ${tried}` } : {}) },
    signal,
  }).catch(() => {
    throw new NoAnswer('the host does not answer');
  });
  if (answer.status === 401) {
    throw new Unauthorized(tried);
  }
  if (!answer.ok) {
    throw new NoAnswer(`the host answers ${answer.status}: ${(await answer.text().catch(() => '')).trim()}`);
  }
  if (tried) {
    sessionStorage.setItem('token', tried);
  }
  return answer;
}

async function look() {
  const answer = await ask('status', {}, AbortSignal.timeout(ANSWER_WITHIN_MILLIS));
  const status = await answer.json().catch(() => {
    throw new NoAnswer('the host broke off its answer');
  });
  show(status);
}

/** Not EventSource, which cannot bring a token. Ends while the page is hidden, since a browser opens six sockets to a host and no more. */
async function listen() {
  const ending = new AbortController();
  const end = () => document.hidden && ending.abort();
  document.addEventListener('visibilitychange', end);
  try {
    const answer = await ask('diagnostics', lastEventId ? { 'Last-Event-ID': lastEventId } : {}, ending.signal);
    setText(byId('stream'), '');
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const silence = setTimeout(() => ending.abort(), HEARTBEAT_WITHIN_MILLIS);
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      clearTimeout(silence);
      if (done) {
        return;
      }
      const blocks = (text + value).split('\n\n');
      text = blocks.pop();
      blocks.forEach(take);
    }
  } finally {
    document.removeEventListener('visibilitychange', end);
  }
}

function askForToken() {
  if (token) {
    setText(byId('login-problem'), 'This token is not the right one.');
  }
  if (byId('login').hidden) {
    byId('login').hidden = false;
    byId('told').hidden = true;
    byId('token').focus();
  }
}

/** What a try with an older token brought is of no interest any more. What is neither of the two is a fault of this page. */
function failed(problem, otherwise) {
  if (problem instanceof NoAnswer) {
    otherwise(problem);
  } else if (!(problem instanceof Unauthorized)) {
    console.error(problem);
    showReadiness('this page failed', 'bad');
    setText(byId('updated'), `${problem}: please report it; headgate status tells the same as the page`);
  } else if (problem.tried === token) {
    showReadiness('token needed', 'bad');
    askForToken();
  }
}

function showNoAnswer(problem) {
  showReadiness('no answer', 'bad');
  setText(byId('updated'), latest ? `${problem.message}; what is shown is of ${clock(latest.atMillis)}` : problem.message);
}

const showNoStream = (problem) => setText(byId('stream'), `Nothing new is shown here: ${problem.message}`);

/** Ends early when the page is shown again. */
const pause = (millis) => new Promise((resolve) => {
  const end = () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', end);
    resolve();
  };
  const timer = setTimeout(end, millis);
  document.addEventListener('visibilitychange', end);
});

async function forever(what, everyMillis, otherwise) {
  for (;;) {
    try {
      await what();
    } catch (problem) {
      failed(problem, otherwise);
    }
    await pause(everyMillis());
  }
}

const isToken = (text) => /^[\x21-\x7e]+$/.test(text);

byId('login').addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = byId('token').value.trim();
  if (isToken(typed)) {
    token = typed;
    setText(byId('login-problem'), '');
  } else {
    setText(byId('login-problem'), 'A token has printable ASCII characters only, and no blanks.');
  }
});
for (const state of ['open', 'connecting', 'waiting', 'down', 'denied', 'idle', 'stopped']) {
  byId('state').append(element('option', state));
}
byId('filter').addEventListener('input', filter);
byId('state').addEventListener('change', filter);
byId('trouble').addEventListener('change', filter);
byId('refusals').addEventListener('change', filterDiagnostics);
forever(look, () => (document.hidden ? HIDDEN_EVERY_MILLIS : EVERY_MILLIS), showNoAnswer);
forever(async () => document.hidden || listen(), () => 2 * EVERY_MILLIS, showNoStream);
