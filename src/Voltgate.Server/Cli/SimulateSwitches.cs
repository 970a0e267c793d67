using System.CommandLine;
using Voltgate.Simulator;

namespace Voltgate.Server.Cli;

/// <summary>The switches of `simulate`.</summary>
internal sealed class SimulateSwitches
{
    /// <summary>More stations than this are shown as figures, not as frames.</summary>
    private const int MostWithFrames = 4;

    private readonly Option<string> url = new("--url")
    {
        Description = "The platform's address for the station: its last segment is the identity, {n} in it the "
            + "number in a fleet.",
        HelpName = "ws://host:port/ocpp/ID",
    };

    private readonly Option<string> password = new("--password")
    {
        Description = "For basic authentication; the user name is the identity.", HelpName = "text",
    };

    private readonly Option<string> ocpp = new("--ocpp")
    {
        Description = "The OCPP that the station speaks: 1.6, 2.0.1 or 2.1.",
        HelpName = "version",
        DefaultValueFactory = _ => StationOptions.Versions[0],
    };

    private readonly Option<int> stations = new("--stations")
    {
        Description = "How many stations.", HelpName = "number", DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> connectors = new("--connectors")
    {
        Description = "Connectors of each station.", HelpName = "number", DefaultValueFactory = _ => 2,
    };

    private readonly Option<string> power = new("--power")
    {
        Description = "ac11, ac22, dc50, dc150 or the like: alternating or direct current and kW.",
        HelpName = "kind",
        DefaultValueFactory = _ => "ac22",
    };

    private readonly Option<string> behaviour = new("--behaviour")
    {
        Description = "good, mixed, or names of what goes wrong, with commas between them.",
        HelpName = "names",
        DefaultValueFactory = _ => Behaviours.Good,
    };

    private readonly Option<string> duration = new("--duration")
    {
        Description = "How long, as 90s, 5m or 1h; by default until Ctrl+C.", HelpName = "time",
    };

    private readonly Option<string> card = new("--card")
    {
        Description = "A card that charges again and again; without one, drivers plug in where a remote start waits.",
        HelpName = "idTag",
    };

    private readonly Option<string> stay = new("--stay")
    {
        Description = "How long a charge with the card lasts.", HelpName = "time", DefaultValueFactory = _ => "2m",
    };

    private readonly Option<int> sample = new("--sample")
    {
        Description = "MeterValueSampleInterval (2.x: SampledDataCtrlr.TxUpdatedInterval) in seconds.",
        HelpName = "number",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<uint> seed = new("--seed")
    {
        Description = "The same seed, the same chances.", HelpName = "number", DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> quiet = new("--quiet") { Description = "Figures instead of frames." };

    public void AddTo(Command command)
    {
        Option[] all =
            [url, password, ocpp, stations, connectors, power, behaviour, duration, card, stay, sample, seed, quiet];
        foreach (var option in all) command.Options.Add(option);
        Check(stations, n => n is >= 1 and <= 20_000, "1 to 20000");
        Check(connectors, n => n is >= 1 and <= 50, "1 to 50");
        Check(sample, n => n is >= 0 and <= 86_400, "0 to 86400");
        Check(url, u => AddressOf(u, 1) is { Scheme: "ws" or "wss", Segments.Length: > 1 } a
            && !a.AbsolutePath.EndsWith('/'),
            "a ws:// or wss:// address that ends with the station's identity");
        Check(ocpp, StationOptions.Versions.Contains, string.Join(", ", StationOptions.Versions[..^1])
            + " or " + StationOptions.Versions[^1]);
        Check(power, p => SpecOf(p) is not null, "ac or dc and the kW, such as ac22");
        Check(behaviour, b => Behaviours.Parse(b, 1) is not null,
            "good, mixed, or some of: " + string.Join(", ", Behaviours.All.Skip(1).Select(x => x.Name)));
        Check(duration, d => SpanOf(d) is not null, "a time such as 90s, 5m or 1h");
        Check(stay, d => SpanOf(d) is not null, "a time such as 90s, 5m or 1h");
    }

    /// <summary>What was asked for, or null after telling stderr what is missing.</summary>
    public SimulateRequest? Read(ParseResult parsed)
    {
        // Not marked as required: `--help` would then be refused without it.
        if (parsed.GetValue(url) is null)
        {
            Console.Error.WriteLine("voltgate: --url is missing: the platform's address for the station, "
                + "such as ws://127.0.0.1:8080/ocpp/CP-1.");
            return null;
        }

        var count = parsed.GetValue(stations);
        var habits = new DriverHabits { Card = parsed.GetValue(card), Stay = SpanOf(parsed.GetValue(stay)!)!.Value };
        return new SimulateRequest(
            [.. Enumerable.Range(1, count).Select(n => Station(parsed, n, count))],
            habits,
            parsed.GetValue(duration) is { } limit ? SpanOf(limit) : null,
            Frames: count <= MostWithFrames && !parsed.GetValue(quiet));
    }

    private StationOptions Station(ParseResult parsed, int number, int count)
    {
        var address = parsed.GetValue(url)!;
        if (count > 1 && !address.Contains("{n}")) address += "-{n}";
        return new StationOptions
        {
            Url = AddressOf(address, number)!,
            Password = parsed.GetValue(password),
            Version = parsed.GetValue(ocpp)!,
            Connectors = [.. Enumerable.Repeat(SpecOf(parsed.GetValue(power)!)!, parsed.GetValue(connectors))],
            Mishaps = Behaviours.Parse(parsed.GetValue(behaviour)!, number)!.Value,
            Seed = parsed.GetValue(seed) + (uint)number - 1,
            Configuration = new Dictionary<string, string>
            {
                [Configuration.MeterValueSampleInterval] = $"{parsed.GetValue(sample)}",
            },
        };
    }

    private static Uri? AddressOf(string text, int number) =>
        Uri.TryCreate(text.Replace("{n}", $"{number}"), UriKind.Absolute, out var uri) ? uri : null;

    private static ConnectorSpec? SpecOf(string text) =>
        text.Length > 2 && int.TryParse(text[2..], out var kW) && kW is > 0 and <= 1000 ? text[..2] switch
        {
            "ac" => new ConnectorSpec(kW * 1000, kW <= 7 ? 1 : 3),
            "dc" => new ConnectorSpec(kW * 1000, 0),
            _ => null,
        }
        : null;

    private static TimeSpan? SpanOf(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], out var number) || number < 1) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
    }

    private static void Check<T>(Option<T> option, Func<T, bool> fits, string wanted) =>
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (result.GetValueOrDefault<T>() is { } value && !fits(value))
                result.AddError($"{option.Name} {result.Tokens[0].Value}: write {wanted}.");
        });
}
