using System.Collections.Immutable;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Locations that open and close.</summary>
public sealed class StationsHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly Story story = new(Given.Station(connectors: 2));

    [Theory]
    [InlineData("2026-03-28T07:59:59Z", false)] // Saturday, winter: 08:59:59
    [InlineData("2026-03-28T08:00:00Z", true)]
    [InlineData("2026-03-28T20:59:59Z", true)]
    [InlineData("2026-03-28T21:00:00Z", false)]
    [InlineData("2026-03-29T00:59:59Z", true)] // Sunday 01:59:59, the last moment before 03:00
    [InlineData("2026-03-29T01:00:00Z", false)] // 03:00 summer time: 02:00 to 03:00 did not happen
    [InlineData("2026-03-30T07:00:00Z", false)] // Monday has no windows
    [InlineData("2026-10-25T00:30:00Z", true)] // 02:30 summer time
    [InlineData("2026-10-25T01:30:00Z", true)] // 02:30 again
    [InlineData("2026-10-25T02:00:00Z", false)] // 03:00
    public void Hours_are_read_on_the_wall_clock_of_the_location(string at, bool isOpen)
    {
        ImmutableArray<OpenWindow> none = [];
        var hours = new OpeningHours(
            [[new(0, 180)], none, none, none, none, none, [new(9 * 60, 22 * 60)]], Berlin);

        Assert.Equal(isOpen, hours.IsOpen(RatesGiven.At(at)));
    }

    [Fact]
    public void A_location_that_closes_tells_its_connectors_once_and_touches_no_session()
    {
        story.Start();
        story.Do(new HoursTurned("c1", Closed: true));
        story.Do(new HoursTurned("c1", Closed: true));

        Assert.Equal(new ChangeAvailability(new Place(1), false), Assert.Single(story.Commands).Command);
        Assert.Equal(Voltgate.Domain.Sessions.SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void A_closed_connector_takes_no_start_until_it_opens()
    {
        story.Do(new HoursTurned("c2", Closed: true));
        story.Answer(Answer.Accepted, "Accepted");
        Assert.Equal("connector_unavailable", Assert.IsType<OrderRefused>(story.Request(connector: "c2")).Code);

        story.Do(new HoursTurned("c2", Closed: false));
        Assert.Equal(new ChangeAvailability(new Place(2), true), story.Commands[^1].Command);
        Assert.IsType<SessionOrdered>(story.Request(connector: "c2"));
    }

    [Fact]
    public void A_station_that_refuses_is_asked_again_later()
    {
        story.Do(new HoursTurned("c1", Closed: true));
        story.Answer(Answer.Rejected, "Rejected");
        story.Do(new HoursTurned("c1", Closed: true));
        Assert.Single(story.Commands);

        story.Pass(15 * Minute);
        story.Do(new HoursTurned("c1", Closed: true));
        Assert.Equal(2, story.Commands.Count);
    }

    [Fact]
    public void One_whose_link_broke_is_told_when_it_is_back()
    {
        story.Do(new HoursTurned("c1", Closed: true));
        story.Answer(Answer.Offline, "NotConnected");
        story.Do(new LinkDown());
        story.Do(new HoursTurned("c1", Closed: true));
        Assert.Single(story.Commands);

        story.Do(new LinkUp("ocpp1.6"));
        story.Do(new HoursTurned("c1", Closed: true));
        Assert.Equal(2, story.Commands.Count);
    }
}
