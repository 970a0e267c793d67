using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Commands that the API asks for, and what becomes of them (api-contract §3 Action).</summary>
public sealed class StationsActionTests
{
    private readonly Story story = new();

    [Fact]
    public void An_action_is_requested_when_it_is_handed_over_and_completed_when_it_is_accepted()
    {
        Run();
        Assert.Empty(story.Events);
        story.Do(new Handed(story.Commands[^1].Errand));
        Assert.Equal(ActionStatus.Requested, Assert.Single(story.Station.Actions).Status);
        story.Do(new Answered(
            story.Commands[^1].Errand, new Receipt(Answer.Accepted, "Accepted", """{"status":"Accepted"}""")));

        var done = Assert.Single(story.Last.Actions);
        Assert.Equal(
            (ActionStatus.Completed, null, """{"status":"Accepted"}"""), (done.Status, done.Failure, done.Response));
        Assert.Equal(["chargestation.reset.requested", "chargestation.reset.accepted"], story.EventTypes);
        Assert.Empty(story.Station.Actions);
    }

    [Theory]
    [InlineData(Answer.Rejected, "rejected")]
    [InlineData(Answer.Unsupported, "unsupported")]
    [InlineData(Answer.TimedOut, "timeout")]
    [InlineData(Answer.Offline, "chargestation_offline")]
    public void An_action_that_is_not_accepted_has_failed(Answer answer, string code)
    {
        Run();
        story.Answer(answer, "Rejected");

        var failed = Assert.Single(story.Last.Actions);
        Assert.Equal((ActionStatus.Failed, code), (failed.Status, failed.Failure!.Code));
        Assert.Equal(["chargestation.reset.rejected"], story.EventTypes);
    }

    [Fact]
    public void An_action_that_is_never_answered_fails_by_the_clock_and_a_late_answer_is_ignored()
    {
        Run();
        story.Pass(59_999);
        Assert.Single(story.Station.Actions);
        story.Pass(1);
        Assert.Equal("timeout", Assert.Single(story.Last.Actions).Failure!.Code);
        story.Answer(Answer.Accepted);

        Assert.Empty(story.Last.Actions);
        Assert.Equal(["chargestation.reset.rejected"], story.EventTypes);
        story.Do(new Handed(story.Commands[^1].Errand));
        Assert.Empty(story.Station.Actions);
    }

    [Fact]
    public void A_link_that_ends_takes_its_open_commands_with_it_and_so_does_one_that_takes_its_place()
    {
        Run();
        story.Do(new Handed(story.Commands[^1].Errand));
        Run();
        story.Do(new LinkDown());

        Assert.Equal(
            [
                "chargestation.reset.requested", "chargestation.reset.rejected", "chargestation.reset.rejected",
                "chargestation.offline",
            ],
            story.EventTypes);
        Assert.All(story.Last.Actions, a => Assert.Equal("chargestation_offline", a.Failure!.Code));
        Assert.NotEqual(story.Last.Actions[0].Failure!.Message, story.Last.Actions[1].Failure!.Message);
        Assert.Empty(story.Station.Actions);

        story.Do(new LinkUp("ocpp1.6"));
        Run();
        story.Do(new LinkUp("ocpp1.6"));
        Assert.Equal(ActionStatus.Failed, Assert.Single(story.Last.Actions).Status);
        Assert.Empty(story.Last.Commands);
    }

    [Fact]
    public void A_command_about_a_session_is_refused_unless_that_charges()
    {
        OrderResult About(string session) => story.Order(new RunCommand(
            "session.set_power_limit", new ClearCache(), "c1", "{}", session));

        story.Request();
        Assert.Equal("session_not_active", Assert.IsType<OrderRefused>(About(story.Session.Id)).Code);
        Assert.Equal("session_not_active", Assert.IsType<OrderRefused>(About("gone")).Code);
        story.Start("VIRTUAL");
        Assert.Equal(story.Session.Id, Assert.IsType<ActionOrdered>(About(story.Session.Id)).Action.Session);
    }

    [Fact]
    public void The_fifty_first_waiting_command_is_refused()
    {
        for (var i = 0; i < 50; i++) Assert.IsType<ActionOrdered>(Run());

        Assert.Equal("too_many_commands", Assert.IsType<OrderRefused>(Run()).Code);
        story.Answer(Answer.Accepted);
        Assert.IsType<ActionOrdered>(Run());
    }

    [Fact]
    public void A_command_to_a_station_that_is_away_is_refused()
    {
        story.Do(new LinkDown());

        Assert.Equal("chargestation_offline", Assert.IsType<OrderRefused>(Run()).Code);
    }

    [Fact]
    public void A_configuration_that_is_read_is_kept()
    {
        Run();
        story.Do(new Answered(story.Commands[^1].Errand, new Receipt(
            Answer.Accepted, "Accepted", "{}", new Dictionary<string, string> { ["HeartbeatInterval"] = "60" })));

        Assert.Equal("60", story.Station.Configuration["HeartbeatInterval"]);
    }

    [Fact]
    public void An_answer_to_a_probe_or_to_nobody_changes_nothing()
    {
        var before = story.Station;
        story.Do(new Answered(new Errand(ErrandKind.Probe, ""), new Receipt(Answer.Accepted, "Accepted")));
        story.Do(new Answered(new Errand(ErrandKind.Start, "gone"), new Receipt(Answer.Rejected, "Rejected")));
        story.Do(new Answered(new Errand(ErrandKind.Stop, "gone"), new Receipt(Answer.Rejected, "Rejected")));

        Assert.Equal(before, story.Station);
    }

    private OrderResult Run() =>
        story.Order(new RunCommand("chargestation.reset", new ResetStation(Hard: true), null, "{}"));
}
