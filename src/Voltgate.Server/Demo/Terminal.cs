namespace Voltgate.Server.Demo;

internal enum Ink
{
    Plain = 0,
    Dim = 2,
    Bold = 1,
    Green = 32,
    Yellow = 33,
    Red = 31,
    Cyan = 36,
    Magenta = 35,
}

/// <summary>Lines for a person: coloured on a terminal unless NO_COLOR is set, plain anywhere else.</summary>
internal sealed class Terminal(TextWriter output, bool colours, int width, TimeProvider clock)
{
    private readonly Lock _gate = new();

    public static Terminal OfConsole()
    {
        var isTerminal = !Console.IsOutputRedirected;
        var refused = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new Terminal(
            Console.Out, isTerminal && !refused, isTerminal ? Math.Max(60, Console.WindowWidth)
                : 160, TimeProvider.System);
    }

    /// <summary>A line as it is, however long.</summary>
    public void Print(string text = "", Ink ink = Ink.Plain)
    {
        lock (_gate) output.WriteLine(Paint(text, ink));
    }

    /// <summary>"17:03:04.2  station  &gt;  what happened", cut at the terminal's width.</summary>
    public void Tell(string who, string mark, string text, Ink ink = Ink.Plain)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss.f");
        var room = Math.Max(20, width - time.Length - who.Length - mark.Length - 7);
        var line = text.Length <= room ? text : text[..(room - 1)] + "…";
        lock (_gate) output.WriteLine($"{Paint(time, Ink.Dim)}  {who} {Paint(mark, ink)} {Paint(line, ink)}");
    }

    private string Paint(string text, Ink ink) =>
        colours && ink != Ink.Plain ? $"\e[{(int)ink}m{text}\e[0m" : text;
}
