# Autobahn|Testsuite's fuzzing server, run by Jython. Its own starter listens on every interface, at a port that has to be
# known before, and brings a web server along; this one listens on 127.0.0.1, at a free port.
#
# argv: the specification, as JSON. stdout: one line of JSON with the port and the cases' ids, in their order; all else
# that is printed goes to stderr. Ends when stdin does, so that it cannot outlive who started it.
import json, os, sys, threading

report, sys.stdout = sys.stdout, sys.stderr

from autobahntestsuite import choosereactor  # before anything else of Twisted
from autobahntestsuite.fuzzing import FuzzingServerFactory
from twisted.internet import reactor


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


lifeline = threading.Thread(target=end_with_stdin)
lifeline.setDaemon(True)
lifeline.start()

factory = FuzzingServerFactory(json.loads(sys.argv[1]))
factory.externalPort = reactor.listenTCP(0, factory, interface='127.0.0.1').getHost().port
report.write(json.dumps({'port': factory.externalPort, 'cases': factory.specCases}) + '\n')
report.flush()
reactor.run()
