using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Writes a station that did not exist, with its first event, in one commit.</summary>
internal sealed class StationBirth(StationWriter writer, EventWording wording, Committer committer)
{
    /// <param name="also">More rows for the commit: its credentials.</param>
    public async Task<CommitStatus> Create(ChargeStation station, IReadOnlyList<Statement> also) =>
        await committer.Commit(await Prepare(station, also));

    /// <summary>The rows alone, for a commit of the caller's.</summary>
    public async Task<List<Statement>> Prepare(ChargeStation station, IReadOnlyList<Statement> also)
    {
        var unit = new List<Statement>();
        StationWrites.Create(unit, station with { EventSeq = 1 }, station.Id);
        unit.AddRange(also);
        var created = new StationEvent("chargestation." + EventTypes.Created, station);
        EventLog.Add(unit, wording.Word(created, station, 1, await writer.Rates(station)));
        return unit;
    }
}
