namespace Voltgate.Server.Stations;

/// <summary>What a station's actor knows of frames beyond what is stored.</summary>
internal sealed class FrameMemory
{
    private const long Unknown = -1;

    private long priorTookUs = Unknown;

    public LooseFrames Loose { get; } = new();

    /// <summary>How long the answer to the station's last CALL that is in the log took (µs); null: not known.</summary>
    public long? PriorTookUs => Volatile.Read(ref priorTookUs) is >= 0 and var us ? us : null;

    public void Answered(long tookUs) => Volatile.Write(ref priorTookUs, tookUs);

    public void Forget() => Volatile.Write(ref priorTookUs, Unknown);
}
