using System.Text.Json;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Every quirk profile: those of <c>Ocpp:QuirksFile</c> first, then ours (quirks.json). The first that fits what a
/// station tells at its boot is its profile, unless people chose one.
/// </summary>
internal sealed class QuirkBook
{
    private readonly Dictionary<string, QuirkTraits> traits;

    public QuirkBook(ServerOptions options)
    {
        var own = options.Ocpp.QuirksFile is { Length: > 0 } file ? Read(File.ReadAllText(file)) : [];
        Profiles = [.. own, .. Read(BuiltIn()).Where(ours => own.All(o => o.Name != ours.Name))];
        traits = Profiles.ToDictionary(p => p.Name, p => p.ToTraits(), StringComparer.Ordinal);
    }

    /// <summary>In the order in which they are tried.</summary>
    public IReadOnlyList<QuirkProfile> Profiles { get; }

    /// <summary>What is wrong with a file of profiles; null: nothing.</summary>
    public static string? FaultOf(string path)
    {
        try
        {
            return FaultOf(Read(File.ReadAllText(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read ({e.Message}); name a file that exists, or leave it empty";
        }
        catch (JsonException e)
        {
            return $"is no list of quirk profiles ({e.Message})";
        }
    }

    private static string? FaultOf(IReadOnlyList<QuirkProfile> profiles)
    {
        for (var i = 0; i < profiles.Count; i++)
        {
            if (profiles[i] is null) return $"[{i}]: write a profile.";
            if (profiles[i].Faults().FirstOrDefault() is { } fault) return $"[{i}].{fault}";
            if (profiles.Take(i).Any(p => p.Name == profiles[i].Name))
                return $"[{i}].name: there is another {profiles[i].Name}; give each its own name.";
        }

        return null;
    }

    /// <summary>The station's profile, or null: it has none.</summary>
    public QuirkProfile? Of(ChargeStation station) => station switch
    {
        { Settings.QuirkProfile: { } chosen } => Named(chosen),
        { BootInfo: { } boot } => Profiles.FirstOrDefault(p => p.Match.Fits(boot)),
        _ => null,
    };

    public QuirkProfile? Named(string name) => Profiles.FirstOrDefault(p => p.Name == name);

    /// <summary>The station with what its make does otherwise.</summary>
    public ChargeStation Furnish(ChargeStation station) => station with
    {
        Quirks = Of(station) is { } profile ? traits[profile.Name] : QuirkTraits.None,
    };

    /// <summary>What the station's make says otherwise than OCPP is read as it is meant, and marked so.</summary>
    public async ValueTask<StationWork> Read(ChargeStation station, StationWork work, StationStore stations)
    {
        if (work.Input is not Said said) return work;
        var zone = station.Quirks.Time is { Zone: ClockTrait.OfLocation }
            ? await stations.TimeZone(station.Settings.Location)
            : "UTC";
        var meant = QuirkLens.Read(station, said.Message, zone);
        if (ReferenceEquals(meant, said.Message)) return work;
        if (work.Frame is { } frame) frame.Remarks = [.. frame.Remarks, "quirk_profile"];
        return work with { Input = said with { Message = meant } };
    }

    private static string BuiltIn()
    {
        using var stream = typeof(QuirkBook).Assembly.GetManifestResourceStream("quirks.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IReadOnlyList<QuirkProfile> Read(string json) =>
        JsonSerializer.Deserialize(json, QuirkJson.Default.IReadOnlyListQuirkProfile)
            ?? throw new JsonException("The list is null.");
}
