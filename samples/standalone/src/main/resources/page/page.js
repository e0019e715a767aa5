'use strict';

// What the page knows: nothing but what /status and /diagnostics say. Whatever came from a peer or a plugin becomes text, never markup.

const POINTS = 60;
const EVERY_MILLIS = 1000;
const MOST_DIAGNOSTICS = 300;
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
const perSecond = (value) => (value >= 10 ? number.format(Math.round(value)) : value.toFixed(1)) + '/s';
const clock = (millis) => new Date(millis).toLocaleTimeString('en-GB');

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
    chart.setAttribute('width', '72');
    chart.setAttribute('height', '18');
    chart.setAttribute('aria-hidden', 'true');
    chart.append(document.createElementNS(SVG, 'polyline'));
  }
  setText(cell.firstChild, perSecond(points[points.length - 1] ?? 0));
  const highest = Math.max(1, ...points);
  const line = points.map((value, at) => `${(72 * (at + POINTS - points.length)) / (POINTS - 1)},${(17 - (16 * value) / highest).toFixed(1)}`);
  chart.firstChild.setAttribute('points', line.join(' '));
}

/** Rows by key, in order; kept from one status to the next, so that nothing jumps and the focus stays. */
function rows(table, wanted, cells) {
  const body = table.tBodies[0];
  table.rowsByKey ??= new Map();
  for (const { key, title } of wanted) {
    if (!table.rowsByKey.has(key)) {
      const row = document.createElement('tr');
      const head = element('th', title);
      head.scope = 'row';
      row.append(head, ...Array.from({ length: cells }, () => document.createElement('td')));
      table.rowsByKey.set(key, row);
      body.append(row);
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
  refusals.className = 'wide';
  setText(restarts, `${service.life.restarts}${service.life.lastFailure ? ': ' + service.life.lastFailure : ''}`);
  restarts.className = service.life.lastFailure ? 'wide' : '';
  setText(says, service.reported ? `${service.reported.health}: ${service.reported.detail}` : '–');
}

function showConnection(row, connection, nowMillis) {
  const [, state, since, epoch, last, received, waiting, dropped, sent, refusals, failed, next, error] = row.cells;
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
  setText(error, connection.lastError || '–');
  error.className = 'wide';
}

function showFindings(health) {
  byId('all-well').hidden = health.findings.length > 0;
  const items = health.findings.slice(0, 50).map((finding) => {
    const item = document.createElement('li');
    item.className = finding.readiness === 'not-ready' ? 'worst' : '';
    const whose = [finding.service, finding.connection].filter(Boolean).join(' ');
    const since = finding.sinceMillis ? `, for ${age(finding.sinceMillis, latest.atMillis)}` : '';
    item.append(element('strong', `${whose}: ${finding.cause.replaceAll('-', ' ')}`), element('span', since));
    if (finding.detail) {
      item.append(element('p', finding.detail));
    }
    item.append(element('p', finding.remedy, 'remedy'));
    return item;
  });
  if (health.findings.length > items.length) {
    items.push(element('li', `and ${health.findings.length - items.length} more: see the connections below`));
  }
  byId('findings').replaceChildren(...items);
}

function show(status) {
  latest = status;
  byId('main').hidden = false;
  byId('login').hidden = true;
  const badge = byId('readiness');
  setText(badge, status.health.readiness.replace('-', ' '));
  badge.className = `badge ${LEVELS[status.health.readiness]}`;
  const connections = status.services.flatMap((service) => service.connections.map((connection) => ({
    service, connection, key: `${service.plugin}/${service.service} ${connection.connection}`,
  })));
  const open = connections.filter(({ connection }) => connection.state === 'open').length;
  setText(byId('summary'), `${open} of ${connections.length} connections open, ${status.services.length} services`);
  setText(byId('updated'), `as of ${clock(status.atMillis)}`);
  showFindings(status.health);
  const services = status.services.map((service) => ({ service, key: `${service.plugin}/${service.service}` }));
  const serviceRows = rows(byId('services'), services.map(({ key }) => ({ key, title: key })), 10);
  services.forEach(({ service, key }) => showService(serviceRows.get(key), service, status.atMillis));
  const connectionRows = rows(byId('connections'), connections.map(({ key }) => ({ key, title: key })), 12);
  connections.forEach(({ connection, key }) => showConnection(connectionRows.get(key), connection, status.atMillis));
  filter();
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
  for (const service of latest.services) {
    for (const connection of service.connections) {
      const key = `${service.plugin}/${service.service} ${connection.connection}`;
      const visible = `${key} ${connection.lastError}`.toLowerCase().includes(text)
        && (!state || connection.state === state)
        && (!trouble || connection.state !== 'open' || sum(connection.events.drops) > 0);
      byId('connections').rowsByKey.get(key).hidden = !visible;
      shown += visible ? 1 : 0;
    }
  }
  setText(byId('shown'), `${shown} shown`);
}

// ---- the diagnostics

const isRefusal = (diagnostic) => diagnostic.kind.endsWith('-refused');

function showDiagnostic(diagnostic) {
  const item = document.createElement('li');
  item.dataset.refusal = isRefusal(diagnostic);
  const time = element('time', clock(diagnostic.atMillis));
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

class Unauthorized extends Error {}

async function ask(path, headers) {
  const answer = await fetch(path, {
    cache: 'no-store',
    headers: { ...headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
  });
  if (answer.status === 401) {
    throw new Unauthorized();
  }
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return answer;
}

/** Not EventSource, which cannot bring a token. */
async function listen() {
  const answer = await ask('diagnostics', lastEventId ? { 'Last-Event-ID': lastEventId } : {});
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (text + value).split('\n\n');
    text = blocks.pop();
    blocks.forEach(take);
  }
}

function fail(problem) {
  const badge = byId('readiness');
  if (problem instanceof Unauthorized) {
    byId('login').hidden = false;
    byId('main').hidden = true;
    setText(badge, 'token needed');
    setText(byId('login-problem'), token ? 'This token is not the right one.' : '');
  } else {
    setText(badge, 'no answer');
    setText(byId('updated'), latest ? `no answer since ${clock(latest.atMillis)}; what is shown is older` : 'the host does not answer');
  }
  badge.className = 'badge bad';
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function forever(what, everyMillis) {
  for (;;) {
    if (!document.hidden) {
      try {
        await what();
      } catch (problem) {
        fail(problem);
      }
    }
    await pause(everyMillis);
  }
}

byId('login').addEventListener('submit', (event) => {
  event.preventDefault();
  token = byId('token').value;
  sessionStorage.setItem('token', token);
});
for (const state of ['open', 'connecting', 'waiting', 'down', 'denied', 'idle', 'stopped']) {
  byId('state').append(element('option', state));
}
byId('filter').addEventListener('input', filter);
byId('state').addEventListener('change', filter);
byId('trouble').addEventListener('change', filter);
byId('refusals').addEventListener('change', filterDiagnostics);
forever(async () => show(await (await ask('status')).json()), EVERY_MILLIS);
forever(listen, 2 * EVERY_MILLIS);
