"""What SpiffWorkflow 3.2.0 accepts and then does wrongly, as measured before it was decided to move tokens ourselves
(docs/decisions/0001), and what settles it here."""

# number -> what was seen, what settles it
FAULTS = {
    "S1": ("a loop of some hundred turns: the token is lost and the case counts as completed", "the kernel"),
    "S2": ("an arrow without an id is dropped", "ids are given when the file is read"),
    "S3": ("ids such as `Start` and `End` collide with the library's own", "ids are kept, its own nodes are not"),
    "S4": ("error, escalation and compensation starts begin at once", "own event sub-processes"),
    "S5": ("a signal end throws nothing", "own end events"),
    "S6": ("the token stops at a link", "a pair of links is an arrow that was not drawn"),
    "S7": ("conditions on arrows out of tasks and starts are ignored", "every element leaves by its conditions"),
    "S8": (
        "event sub-processes never interrupt, see no data, are dead inside sub-processes",
        "own event sub-processes",
    ),
    "S9": ("an event that does not interrupt acts once only", "own boundary events, as often as they happen"),
    "S10": ("joins in loops go on too early", "joins count living tokens"),
    "S11": ("a parallel join forgets surplus tokens", "arrivals are counted by arrow"),
    "S12": ("an interrupted multi-instance leaves passes behind that break every later step", "scopes end whole"),
    "S13": ("a decision tries the branch that is drawn higher first", "the order of the file"),
    "S14": ("an interrupting event from inside acts only after the sub-process came to rest", "who listens acts first"),
    "S15": ("a receive task without message, an event without definition: no wait", "asked for at upload"),
    "S16": ("double ids, unknown references, loose and crossing arrows are accepted", "the linter"),
    "S17": ("a negative number of passes waits for ever", "the linter, and an incident when it is worked out"),
    "S18": ("quantities, multi-instance `behavior` and ad-hoc `ordering` are ignored", "obeyed, or refused by name"),
    "S19": ("an uncaught error end counts as a normal end", "an incident"),
    "S20": ("errors are caught by strangers, signals are heard by nobody else", "own scopes, own broadcast"),
    "S21": ("several arrows out of a task, several starts, plain tasks, data stores stop it", "read as they are meant"),
    "S22": ("parallel passes share their nested values", "each pass has variables of its own"),
    "S23": ("timers run backwards, hang, and read the wall clock", "own times, with bounds; jobs say when"),
    "S24": ("two timers behind one gateway share one moment", "each event keeps its own"),
    "S25": ("deep, long or circular drawings exhaust the stack", "nothing recurses; checked in a child process"),
    "S26": ("prefixed and unknown references crash the error handler", "references are resolved and checked"),
    "S27": ("later cases inherit changes to the shared specification", "the graph cannot change"),
    "S28": ("one after the other without output stops at the second item", "own loops"),
    "S29": ("conditions and scripts are unrestricted Python", "a vetted language of expressions"),
    "S30": ("decision tables: most hit policies behave as FIRST", "own matcher, over the same expressions"),
}
