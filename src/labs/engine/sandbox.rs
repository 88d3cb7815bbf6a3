//! `QuickJS` with nothing in it but the language.
//!
//! No host function is ever given to it, and no job is ever run for it: a promise never settles.
//! The `Promise` intrinsic stays, since without it an `async` function ends the process; so does
//! `Eval`, which evaluating needs, while `seal.js` takes its functions away from labs.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use rquickjs::context::{EvalOptions, intrinsic};
use rquickjs::function::Args;
use rquickjs::{Context, Ctx, Error, Function, Object, Runtime};
use rustix::time::{ClockId, clock_gettime};

use crate::labs::engine::{Fault, Limits};

/// Runs before anything of a lab.
const SEAL: &str = include_str!("seal.js");

/// What a model needs: no dates, proxies, typed arrays, weak references.
type Pure = (
    intrinsic::Eval,
    intrinsic::RegExpCompiler,
    intrinsic::RegExp,
    intrinsic::Json,
    intrinsic::MapSet,
    intrinsic::Promise,
);

/// Characters of an error's text that are kept.
const MAX_WORDS: usize = 300;

/// An engine with limits.
pub(super) struct Sandbox {
    context: Context,
    watch: Rc<Watch>,
}

/// When the running script has to end.
#[derive(Debug, Default)]
struct Watch {
    deadline: Cell<Option<Duration>>,
    was_late: Cell<bool>,
}

impl Watch {
    fn is_late(&self) -> bool {
        let late = self.deadline.get().is_some_and(|deadline| worked() > deadline);
        self.was_late.set(self.was_late.get() || late);
        late
    }
}

/// How long this thread has worked. A lab is not late because the machine is busy.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("watch", &self.watch).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// An engine with nothing in it.
    pub(super) fn new(limits: &Limits) -> Result<Self, Fault> {
        let runtime = Runtime::new().map_err(|_| Fault::Memory)?;
        runtime.set_memory_limit(limits.memory);
        runtime.set_max_stack_size(limits.stack);
        let watch = Rc::new(Watch::default());
        let watching = Rc::clone(&watch);
        runtime.set_interrupt_handler(Some(Box::new(move || watching.is_late())));
        let context = Context::custom::<Pure>(&runtime).map_err(|_| Fault::Memory)?;
        Ok(Self { context, watch })
    }

    /// Seals the engine, then runs the scripts, by name, as a browser runs a page's.
    pub(super) fn load(&self, scripts: &[(&str, &str)], limit: Duration) -> Result<(), Fault> {
        self.within(limit, |context| {
            for (name, script) in [("seal", SEAL)].iter().chain(scripts) {
                context.eval_with_options::<(), _>(*script, options(name))?;
            }
            Ok(())
        })
    }

    /// Runs a script that gives a text.
    pub(super) fn eval(&self, script: &str, limit: Duration) -> Result<String, Fault> {
        self.within(limit, |context| context.eval_with_options(script, options("check")))
    }

    /// Calls a function of the host script.
    pub(super) fn call(
        &self,
        function: &str,
        argument: &str,
        limit: Duration,
    ) -> Result<String, Fault> {
        self.within(limit, |context| {
            let host: Object<'_> = context.globals().get("labHost")?;
            let function: Function<'_> = host.get(function)?;
            let mut arguments = Args::new(context.clone(), 1);
            arguments.push_arg(argument)?;
            function.call_arg(arguments)
        })
    }

    fn within<T>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Ctx<'_>) -> rquickjs::Result<T>,
    ) -> Result<T, Fault> {
        self.watch.was_late.set(false);
        self.watch.deadline.set(Some(worked() + limit));
        let result = self.context.with(|context| {
            work(&context).map_err(|error| match error {
                Error::Exception => thrown(&context),
                Error::Allocation => Fault::Memory,
                Error::InvalidString(_) => Fault::Failed("a script holds a NUL byte".to_owned()),
                other => Fault::Garbled(other.to_string()),
            })
        });
        self.watch.deadline.set(None);
        if result.is_err() && self.watch.was_late.get() { Err(Fault::Late) } else { result }
    }
}

/// Not strict, as the scripts of a page are not.
fn options(name: &str) -> EvalOptions {
    let mut options = EvalOptions::default();
    options.filename = Some(name.to_owned());
    options.strict = false;
    options
}

/// What was thrown, as a fault.
fn thrown(context: &Ctx<'_>) -> Fault {
    let value = context.catch();
    let exception = value.as_exception();
    let message = exception.and_then(rquickjs::Exception::message);
    let message = message.or_else(|| value.as_string()?.to_string().ok()).unwrap_or_default();
    if message == "out of memory" || value.is_null() {
        return Fault::Memory;
    }
    let place = exception.and_then(rquickjs::Exception::stack);
    let place = place.as_deref().and_then(|stack| stack.trim().lines().next()).map(str::trim);
    let place = place.filter(|place| !place.is_empty()).map(|place| format!(" ({place})"));
    let words = if message.is_empty() { "no reason given".to_owned() } else { message };
    Fault::Failed((words + &place.unwrap_or_default()).chars().take(MAX_WORDS).collect())
}
