//! Labs that loop, grow, throw or lie: each is a plain error, and nothing else happens.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use library_tui::labs::engine::{Answer, Engine, Fault, Limits, Player, Request};
use library_tui::labs::file::LabFile;

use crate::lab;

/// A lab with this script as its model.
fn with(model: &str) -> LabFile {
    LabFile { model: model.to_owned(), ..lab("kv-cache-growth") }
}

/// A lab that is well until its button is pressed.
fn pressed(body: &str) -> LabFile {
    with(&format!(
        "Lab({{controls:{{go:{{kind:'button',label:'Go'}}}},end:()=>9,init:()=>({{n:0}}),step(s){{s.n++}},\
         act(s,a){{ if(a=='go'){{ {body} }} }},view:(s,c,t)=>({{say:'all is well at '+t}})}})"
    ))
}

/// What runs when the page is loaded, and what comes of it.
const SCRIPTS: &[(&str, &str)] = &[
    ("for(;;){}", "too long"),
    ("for(;;){try{for(;;){}}catch(e){}}", "too long"),
    ("function*g(){for(;;)yield 1} for(const x of g());", "too long"),
    ("/(a+)+$/.test('a'.repeat(40)+'b')", "too long"),
    ("[...Array(1e5).keys()].sort(()=>{for(;;);})", "too long"),
    ("let a=[];for(;;)a.push(new Array(1e4).fill(1))", "too much memory"),
    ("let s='x';for(;;)s+=s", "failed"),
    ("new Array(4e9).fill(0)", "too much memory"),
    ("const f=()=>f();f()", "failed"),
    ("const f=()=>{try{f()}finally{f()}};f()", "failed|too long"),
    ("JSON.parse('['.repeat(1e6))", "failed"),
    ("let o={};for(let i=0;i<1e6;i++)o={o};JSON.stringify(o)", "failed|too much memory"),
    ("throw 1", "failed"),
    ("throw null", "failed|memory"),
    ("throw {get message(){for(;;);}}", "failed"),
    (
        "const e=Error();Object.defineProperty(e,'message',{get(){for(;;);}});throw e",
        "failed|too long",
    ),
    (
        "const e=Error();Object.defineProperty(e,'stack',{get(){for(;;);}});throw e",
        "failed|too long",
    ),
    ("throw Error('x'.repeat(1e6))", "failed"),
    ("not a script (", "failed"),
    ("\0", "failed"),
    ("", "failed"),
    ("Lab()", "failed"),
    ("Lab({})", "failed"),
    ("Lab({view:()=>({say:'x'}),start:'nothing'})", "no state named nothing"),
    ("Lab({view:()=>({get say(){for(;;);}})})", "too long"),
    ("Lab({view:()=>({say:{toString(){for(;;);}}})})", "too long"),
    ("Lab({view:()=>({say:'x',p:{kind:'text',get text(){throw Error('got')}}})})", "got"),
    ("Lab({view:()=>({say:'x',p:{kind:'log',items:{length:1e9}}})})", ""),
    ("Lab({view:()=>({say:'x'.repeat(3e6)})})", "longer than 2 MiB"),
    ("Lab({view:()=>({say:'\\ud800'})})", "no picture"),
    ("Lab({end:()=>NaN,step(){},view:()=>({say:'x'})})", "no picture"),
    ("Lab({end:()=>1e300,step(){},view:()=>({say:'x'})})", "no picture"),
    ("Lab({view:()=>({say:'x',p:{kind:'series',lines:[{pts:[[1/0,NaN],[0,1]]}]}})})", ""),
    (
        "Lab({view:()=>({say:'x',p:{kind:'series',x:{min:1,max:1e300,log:1.0000001},lines:[]}})})",
        "",
    ),
    ("Lab({view:()=>({say:'x',p:{kind:'constructor'},q:{kind:'__proto__'}})})", ""),
    (
        "const j=JSON.stringify;let n=0;JSON.stringify=v=>v.say?'[1,2':j(v);Lab({view:()=>({say:'x'})})",
        "no picture",
    ),
    (
        "const j=JSON.stringify;JSON.stringify=v=>v.say?7:j(v);Lab({view:()=>({say:'x'})})",
        "no picture",
    ),
    ("JSON.stringify=()=>'{}';Lab({view:()=>({say:'x'})})", "failed"),
    ("JSON.stringify=()=>7;Lab({view:()=>({say:'x'})})", "failed"),
    ("JSON.stringify=()=>'[1,2';Lab({view:()=>({say:'x'})})", "failed"),
    ("Object.prototype.tone='good';Array.prototype.map=null;Lab({view:()=>({say:'x'})})", "failed"),
    ("Lab.open=()=>({});Lab({view:()=>({say:'x'})})", "failed"),
    ("globalThis.Lab=7", "failed"),
    ("var labHost=7;Lab({view:()=>({say:'x'})})", ""),
    ("(async()=>{for(;;)await 0})();Lab({view:()=>({say:'x'})})", ""),
    ("(async function*(){for(;;)yield 1})().next();Lab({view:()=>({say:'x'})})", ""),
    ("(async()=>{throw 1})();Lab({view:()=>({say:'x'})})", ""),
];

/// What a lab must not have: each of these has to throw.
const FORBIDDEN: &[&str] = &[
    "Math.random()",
    "Math.hypot(3, 4)",
    "Date.now()",
    "new Date",
    "eval('1')",
    "(0, eval)('1')",
    "Function('return 1')()",
    "(()=>{}).constructor('return 1')()",
    "(function*(){}).constructor('yield 1')()",
    "(async()=>{}).constructor('return 1')()",
    "(async function*(){}).constructor('return 1')()",
    "Lab.open.constructor('return this')()",
    "new Promise(()=>{})",
    "new Proxy({}, {})",
    "new Uint8Array(1)",
    "new ArrayBuffer(1)",
    "new WeakRef({})",
    "new FinalizationRegistry(()=>{})",
    "performance.now()",
    "Intl.NumberFormat()",
    "console.log(1)",
    "print(1)",
    "std.exit(1)",
    "os.exec(['true'])",
    "require('fs')",
    "process.exit(1)",
    "fetch('http://localhost')",
    "setTimeout(()=>{}, 1)",
    "new XMLHttpRequest()",
    "new Worker('x')",
    "new SharedArrayBuffer(1)",
    "Atomics.wait()",
    "WebAssembly.compile()",
    "gc()",
    "document.title",
];

fn told(lab: &LabFile) -> String {
    Engine::new().open(lab).err().map(|fault| fault.to_string()).unwrap_or_default()
}

#[test]
fn a_hostile_script_is_a_plain_error() {
    let mut wrong = String::new();
    for (script, said) in SCRIPTS {
        let start = Instant::now();
        let told = told(&with(script));
        let is_expected = said.split('|').any(|it| told.contains(it));
        let is_plain = told.chars().count() < 400 && !told.contains('\n');
        let is_quick = start.elapsed() < Duration::from_secs(5);
        if !is_expected || told.is_empty() != said.is_empty() || !is_plain || !is_quick {
            wrong += &format!("{script:?}\n    {told:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_lab_has_the_language_and_nothing_else() {
    for script in FORBIDDEN {
        let told = told(&with(&format!("{{{script}}}\nLab({{view:()=>({{say:'x'}})}})")));
        assert!(told.contains("failed"), "{script}\n{told}");
    }
    for script in ["import('x')", "import x from 'x'", "export default 1"] {
        let _ = told(&with(script));
    }
}

#[test]
fn a_lab_that_fails_later_is_back_at_its_last_good_state() {
    for (body, said) in [
        ("for(;;);", "too long"),
        ("let a=[];for(;;)a.push([a,a])", "too much memory"),
        ("const f=()=>f();f()", "failed"),
        ("throw 'up'", "the lab failed: up"),
    ] {
        let mut session = Engine::new().open(&pressed(body)).unwrap();
        session.seek(4).unwrap();
        let fault = session.act("go", None).unwrap_err();
        assert!(fault.to_string().contains(said), "{body}: {fault}");
        assert_eq!(session.picture().say, "all is well at 4");
        assert_eq!(session.seek(5).unwrap().say, "all is well at 5", "{body}");
    }
}

#[test]
fn a_player_goes_on_after_a_fault() {
    let (sender, answers) = channel();
    let mut player = Player::spawn(pressed("for(;;);"), move |answer| {
        let _ = sender.send(answer);
    });
    for request in [Request::Seek(3), Request::Act("go".into(), None), Request::Step(1)] {
        player.ask(request);
    }
    let wait = || answers.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(matches!(wait(), Answer::Opened(_)));
    assert!(matches!(wait(), Answer::Shown(1, _)));
    assert_eq!(wait(), Answer::Failed(2, Fault::Late));
    assert!(matches!(wait(), Answer::Shown(3, picture) if picture.tick == 4));
}

/// Searching this holds the engine up for longer than anybody waits, without asking it to stop.
const HELD_UP: &str = "const a='a'.repeat(7e5);(a+a).indexOf(a+'b')";

#[test]
fn a_lab_that_cannot_be_stopped_is_left_behind() {
    let (sender, answers) = channel();
    let mut player = Player::spawn(pressed(HELD_UP), move |answer| {
        let _ = sender.send(answer);
    });
    for request in [Request::Seek(3), Request::Act("go".into(), None), Request::Step(1)] {
        player.ask(request);
    }
    let wait = || answers.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(matches!(wait(), Answer::Opened(_)));
    assert!(matches!(wait(), Answer::Shown(1, _)));
    assert_eq!(wait(), Answer::Failed(2, Fault::Lost));
    assert!(matches!(wait(), Answer::Opened(_)));
    assert!(matches!(wait(), Answer::Shown(3, picture) if picture.tick == 4));
}

#[test]
fn running_out_of_memory_anywhere_is_a_plain_error() {
    let lab = lab("raft-election");
    let mut opened = 0;
    for memory in (40..=2_000).step_by(11).map(|it| it << 10) {
        let engine = Engine::with_limits(Limits { memory, ..Limits::PLAYED });
        match engine.open(&lab) {
            Ok(mut session) => opened += usize::from(session.seek(400).is_ok()),
            Err(fault) => {
                assert!(matches!(fault, Fault::Memory | Fault::Failed(_)), "{memory}: {fault}");
            }
        }
    }
    assert!(opened > 10, "{opened}");
}
